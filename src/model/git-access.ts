/** How a Git URL is authenticated: with user and token, with a key, or not at all. */
export function gitAccess(url: string): 'password' | 'key' | 'none' {
  if (/^https?:/.test(url)) return 'password';
  return url.startsWith('file:') ? 'none' : 'key';
}
