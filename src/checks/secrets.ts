import type { Check, Finding } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { map, maps, text } from './view/json.js';

/** Texts that are credentials wherever they stand, by the forms that their issuers publish. */
const credentialForms: readonly { readonly what: string; readonly form: RegExp }[] = [
  { what: 'an AWS access key id', form: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a private key', form: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/ },
  { what: 'a GitHub token', form: /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})/ },
  { what: 'a Slack token', form: /\bxox[abprs]-[A-Za-z0-9-]{10,}/ },
  { what: 'a Stripe key', form: /\b[rs]k_live_[A-Za-z0-9]{16,}/ },
  { what: 'a password in a URL', form: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@$]+:[^\s:/@$]+@/ },
];

/** Names whose values are secret. */
const secretName = /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;

/** Values under such a name that are no secret: a path, a reference, a switch, nothing. */
const harmless = /^(|true|false|none|null|\d{1,3}|\/\S*|\$\(.*\)|file:\S+|arn:\S+)$/i;

function credentialIn(value: string): string | undefined {
  return credentialForms.find(({ form }) => form.test(value))?.what;
}

/** Nothing secret in Git. */
export const secretChecks: readonly Check[] = [
  {
    id: 'secret-in-git',
    title: 'no Secret with values is in Git',
    why: 'Base64 is no encryption: whoever reads the repository, now or in its history, has the values.',
    severity: 'error',
    *run(view) {
      for (const owned of view.ofKind('Secret')) {
        const app = view.appOf(owned);
        const keys = [owned.object['data'], owned.object['stringData']].flatMap((data) => Object.keys(map(data)));
        if (app === undefined || keys.length === 0) continue;
        yield {
          message: `Secret ${owned.object.metadata.name} is in Git with its values`,
          hint: `take the file out, change the values, declare the Secret under externalSecrets and let something else make it (External Secrets, Sealed Secrets)`,
          at: view.at(owned, 'manifests'),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'credential-in-clear',
    title: 'no credential stands in an environment variable or a config file',
    why: 'It is in Git for ever, in every `kubectl describe`, and in the logs of whatever prints its environment.',
    severity: 'warning',
    *run(view) {
      yield* inVariables(view);
      yield* inConfigMaps(view);
    },
  },
];

function* inVariables(view: ClusterView): Generator<Finding> {
  for (const { app, template } of view.appTemplates()) {
    for (const container of template.containers) {
      for (const [index, variable] of maps(container.spec['env']).entries()) {
        const [name, value] = [text(variable['name']) ?? '', text(variable['value']) ?? ''];
        const form = credentialIn(value);
        const what = form ?? (secretName.test(name) && !harmless.test(value) ? 'a secret' : undefined);
        if (what === undefined) continue;
        yield {
          message: `${name} of container ${container.name} looks like ${what}`,
          hint: `put it into a Secret and write ${name}: {secret: {name: ${app.name}, key: …}}; if it was real, change it: it is in Git’s history`,
          at: view.atContainer(template, container, `env.${name}`, `env/${index}`),
          app: app.name,
        };
      }
    }
  }
}

function* inConfigMaps(view: ClusterView): Generator<Finding> {
  for (const owned of view.ofKind('ConfigMap')) {
    const app = view.appOf(owned);
    if (app === undefined) continue;
    for (const [key, value] of Object.entries(map(owned.object['data']))) {
      const what = credentialIn(text(value) ?? '');
      if (what === undefined) continue;
      const path = app.container.mounts.find(({ subPath }) => subPath === key)?.path;
      yield {
        message: `${path ?? `key ${key} of ConfigMap ${owned.object.metadata.name}`} holds what looks like ${what}`,
        hint: 'put it into a Secret and mount that; if it was real, change it: it is in Git’s history',
        at: path === undefined ? view.at(owned, 'files', `/data/${key}`) : app.provenance.at(['files', path]),
        app: app.name,
      };
    }
  }
}
