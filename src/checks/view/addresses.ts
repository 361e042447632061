/** An address within the cluster as a text names it. */
export interface ClusterAddress {
  readonly service: string;
  readonly namespace: string;
  /** Undefined where the text names none: any port of the Service may be meant. */
  readonly port?: number;
  /** As it stands in the text. */
  readonly written: string;
}

/** Ports that a URL without one means (IANA, and the clients of those protocols). */
const schemePorts: Readonly<Record<string, number>> = {
  http: 80,
  ws: 80,
  https: 443,
  wss: 443,
  redis: 6379,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mongodb: 27017,
  amqp: 5672,
  nats: 4222,
};

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const host = `${label}(?:\\.${label})*\\.?`;

/** `scheme://user:password@host:port/…`; of several hosts, as MongoDB and Kafka list them, the others are found as host:port. */
const url = new RegExp(`\\b([a-z][a-z0-9+.-]*)://(?:[^\\s/@"']*@)?(${host})(?::(\\d{1,5}))?(?![\\w.:-])`, 'gi');
const hostAndPort = new RegExp(`(?<![\\w.:/@$-]|\\$\\()(${host}):(\\d{1,5})(?![\\w.:-])`, 'g');
const serviceName = new RegExp(`(?<![\\w.:/@-])(${host}\\.svc(?:\\.cluster\\.local)?\\.?)(?![\\w.:-])`, 'g');
const wholeHost = new RegExp(`^${host}$`);

/** Names of variables and options whose value is a host even where it has no port. */
const hostVariable = /(^|_)(HOST|HOSTNAME|HOSTS|ADDR|ADDRESS|ENDPOINT|SERVER|URL|URI|UPSTREAM|BACKEND)$/i;

/** Service and namespace of a host name: `orders`, `orders.shop`, `orders.shop.svc`, `….svc.cluster.local`, and a pod's before those. */
function serviceOf(name: string, ownNamespace: string): Pick<ClusterAddress, 'service' | 'namespace'> | undefined {
  const parts = name.replace(/\.$/, '').split('.');
  const svc = parts.indexOf('svc');
  const rest = svc === -1 ? '' : parts.slice(svc + 1).join('.');
  if (svc >= 2 && (rest === '' || rest === 'cluster.local'))
    return { service: parts[svc - 2] ?? '', namespace: parts[svc - 1] ?? '' };
  if (parts.length > 2) return undefined;
  return { service: parts[0] ?? '', namespace: parts[1] ?? ownNamespace };
}

/**
 * Addresses in a text that may be Services of the cluster. A bare name is one only in a URL, before a port, or as the whole value of a
 * variable that is named as a host. Whether such a Service exists is not known here.
 */
export function addressesIn(value: string, ownNamespace: string, variable?: string): ClusterAddress[] {
  const found = new Map<string, ClusterAddress>();
  const add = (written: string, name: string, port: number | undefined) => {
    const service = serviceOf(name.toLowerCase(), ownNamespace);
    if (service === undefined) return;
    const key = `${service.namespace}/${service.service}:${port ?? ''}`;
    if (!found.has(key)) found.set(key, { ...service, ...(port === undefined ? {} : { port }), written });
  };
  for (const [written, scheme = '', name = '', port] of value.matchAll(url)) {
    add(written, name, port === undefined ? schemePorts[scheme.toLowerCase()] : Number(port));
  }
  for (const [written, name = '', port] of value.matchAll(hostAndPort)) add(written, name, Number(port));
  for (const [written, name = ''] of value.matchAll(serviceName)) add(written, name, undefined);
  if (variable !== undefined && hostVariable.test(variable) && wholeHost.test(value)) add(value, value, undefined);
  return [...found.values()];
}
