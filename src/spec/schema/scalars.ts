import { z } from 'zod';

/**
 * The scalars of both specs. Each error message completes the sentence "<field> must be …".
 * Quantities follow Kubernetes' apimachinery (resource.Quantity), names RFC 1123 as Kubernetes applies it.
 */

const dnsLabelPattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsNamePattern = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/;

/** A DNS label (RFC 1123): what Kubernetes takes for the name of a namespace or a Service. */
export const dnsLabel = z
  .string()
  .regex(
    dnsLabelPattern,
    'a DNS label: lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit',
  );

/**
 * The name of an app: a DNS label that starts with a letter (a Service's name must: RFC 1035), short enough for the
 * suffixes that rendering and the controllers add (a Rollout's ReplicaSets, a CronJob's Jobs: 52 is Kubernetes' limit for a CronJob).
 */
export const appName = z
  .string()
  .regex(
    /^[a-z]([-a-z0-9]{0,46}[a-z0-9])?$/,
    'a DNS label of at most 48 characters that starts with a letter: it names Services and prefixes other objects',
  );

/** A DNS subdomain (RFC 1123): what Kubernetes takes for the name of a Secret, ConfigMap, StorageClass or PriorityClass. */
export const objectName = z
  .string()
  .regex(dnsNamePattern, 'an object’s name: lower-case letters, digits, "-" and ".", at most 253');

export const hostName = z.string().regex(dnsNamePattern, 'a host name in lower case, such as shop.example.com');

/** `90s`, `5m`, `1h30m`: whole seconds. */
export const duration = z
  .string()
  .regex(/^(?=\d)(\d{1,4}h)?(\d{1,5}m)?(\d{1,6}s)?$/, 'a duration such as 90s, 5m or 1h');

/** `10%`. */
export const share = z.string().regex(/^(100|[1-9]?\d)%$/, 'a share such as 10%, from 0% to 100%');

export const positiveShare = z.string().regex(/^(100|[1-9]\d?)%$/, 'a share such as 60%, from 1% to 100%');

/** A number of pods, or a share of them. */
export const countOrShare = z.union([z.int().min(0), share]);

const cpuWords = 'a CPU quantity such as 250m or 1.5';

export const cpuQuantity = z
  .string()
  .regex(/^(\d+m|\d+(\.\d{1,3})?)$/, cpuWords)
  .or(z.number().positive(cpuWords).max(1024, cpuWords));

export const memoryQuantity = z
  .string()
  .regex(/^\d+(\.\d+)?(Ki|Mi|Gi|Ti|k|M|G|T)$/, 'a memory quantity with its unit, such as 256Mi or 2Gi');

export const portNumber = z.int().min(1).max(65535);

/** A port's name: IANA_SVC_NAME as Kubernetes checks it. */
export const portName = z
  .string()
  .regex(
    /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'a port name: at most 15 lower-case letters, digits and "-", with at least one letter',
  );

/** An environment variable's name, as Kubernetes allowed it before RelaxedEnvironmentVariableValidation and shells can use it. */
export const envName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name that a shell can use: letters, digits and "_", not starting with a digit');

// A dot of a pattern stops at a line break, so none may be in a path: what follows it would go unseen.
export const absolutePath = z
  .string()
  .regex(/^\/(?!(.*\/)?\.\.(\/|$))[^\p{Cc}\u2028\u2029]*$/u, 'an absolute path such as /healthz, without ".."');

/** An absolute path that names a file, not a folder. */
export const absoluteFilePath = z
  .string()
  .regex(
    /^\/(?!(.*\/)?\.\.(\/|$))[^\p{Cc}\u2028\u2029]*[^/\p{Cc}\u2028\u2029]$/u,
    'the absolute path of a file, such as /etc/app.yaml, without ".."',
  );

/** A path of a file in this repository, relative to its root; never out of it. */
export const repositoryPath = z
  .string()
  .regex(
    /^(?!\/)(?!(.*\/)?\.\.?(\/|$))[^\p{Cc}\u2028\u2029\\]+$/u,
    'a path relative to the root of this repository, without "." or ".." parts',
  );

export const cidr = z
  .string()
  .regex(
    /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\/(3[0-2]|[12]?\d)$/,
    'an IPv4 range such as 10.0.0.0/16',
  );

/** An image reference: name, then a tag, a digest or both (OCI distribution reference grammar, without upper case in the name). */
export const imageReference = z
  .string()
  .regex(
    /^(?=.{1,512}$)([a-zA-Z0-9.-]+(:\d+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
    'an image reference such as ghcr.io/acme/shop:1.4.2 or …@sha256:<64 hex digits>',
  );

export const arn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+$/,
    'an ARN such as arn:aws:iam::111122223333:policy/shop',
  );

export const iamPolicyArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::(\d{12}|aws):policy\/.+$/,
    'the ARN of an IAM policy, such as arn:aws:iam::111122223333:policy/shop',
  );

/** Scalars that become strings in Kubernetes (an env value): what reads differently in YAML 1.1 and 1.2 is refused before this. */
export const text = z.union([z.string(), z.number(), z.boolean()]);

export const labelValue = z
  .string()
  .regex(
    /^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$/,
    'a label value: at most 63 letters, digits, "-", "_" or "."',
  );

export const qualifiedName = z
  .string()
  .regex(
    /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'a label or annotation key such as team or example.com/team',
  );
