/** Where an app's images live: a repository of a registry, without tag and digest. */
export interface ImageRepository {
  /** Host of the registry, with its port where it has one. */
  readonly registry: string;
  /** Name within the registry, such as `shop/cart`. */
  readonly name: string;
  /** Present where the registry is Amazon ECR. */
  readonly ecr?: { readonly accountId: string; readonly region: string };
}

/** `aws_account_id.dkr.ecr.region.amazonaws.com` (Amazon ECR User Guide, "Private registries"): .cn in China, -fips, dual-stack on.aws. */
const ecrHost =
  /^(?<accountId>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/;

/**
 * The repository of an image reference (`host/name[:tag][@digest]`); undefined where it is none that one could push to.
 * As Docker reads it, what comes before the first slash is a host only where it has a dot or a port, or is localhost: the rest is docker.io.
 */
export function imageRepository(reference: string): ImageRepository | undefined {
  const [named = ''] = reference.split('@');
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(slash, 0));
  const hasHost = /[.:]/.test(first) || first === 'localhost';
  const registry = hasHost ? first : 'docker.io';
  const name = (hasHost ? named.slice(slash + 1) : named).replace(/:[^/:]*$/, '');
  if (!/^[a-z0-9.-]+(:\d+)?$/i.test(registry) || !/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(name)) return undefined;
  const { accountId, region } = ecrHost.exec(registry)?.groups ?? {};
  return { registry, name, ...(accountId !== undefined && region !== undefined ? { ecr: { accountId, region } } : {}) };
}
