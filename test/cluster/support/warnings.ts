/**
 * The one warning that stays: an AppProject with a finalizer. Argo CD knows only this name for projects (for Applications
 * it also takes `…/foreground`, which the API server likes better, and which is what we render there).
 */
const PROJECT_FINALIZER =
  'metadata.finalizers: "resources-finalizer.argocd.argoproj.io": prefer a domain-qualified finalizer name';

/** The API server's warnings without the one that is known. */
export function unexpected(warnings: readonly string[]): string[] {
  return warnings.filter((warning) => !warning.startsWith(PROJECT_FINALIZER));
}
