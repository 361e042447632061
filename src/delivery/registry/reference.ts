/** An image reference in its parts, with the host that serves it. */
export interface ImageParts {
  /** Host and port of the registry's API. */
  readonly host: string;
  /** What credentials are kept under: the host as people write it. */
  readonly account: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Everything before tag and digest, as it was written. */
  readonly name: string;
}

/**
 * The parts of a reference. What stands before the first slash is a host where it has a dot or a port or is localhost, otherwise the image
 * is Docker Hub's (distribution's reference package, as of v3: splitDockerDomain), whose API answers at registry-1.docker.io.
 */
export function imageParts(image: string): ImageParts {
  const [before = image, digest] = image.split('@');
  const [, name = before, tag] = /^(.*?)(?::([^/:]+))?$/.exec(before) ?? [];
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const common = { tag, digest, name };
  if (/[.:]/.test(first) || first === 'localhost') {
    const repository = name.slice(slash + 1);
    if (first !== 'docker.io' && first !== 'index.docker.io')
      return { ...common, host: first, account: first, repository };
    return { ...common, ...dockerHub(repository) };
  }
  return { ...common, ...dockerHub(name) };
}

function dockerHub(repository: string): Pick<ImageParts, 'host' | 'account' | 'repository'> {
  return {
    host: 'registry-1.docker.io',
    account: 'https://index.docker.io/v1/',
    repository: repository.includes('/') ? repository : `library/${repository}`,
  };
}

/** Whether a host is this machine: only there is a registry spoken to without TLS. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
