import type { PlatformComponent } from './kube-object.js';

/** The Argo CD Application that manages Argo CD itself: dist/<cluster>/bootstrap. */
export const argoCdApplication = 'argocd';

/** The root of the platform: dist/<cluster>/argocd, one Application per component, in waves. */
export const platformRootApplication = 'platform';

/** The root of the apps: dist/<cluster>/argocd/apps, one Application per app, named as the app. */
export const appsRootApplication = 'apps';

const componentPrefix = 'platform-';

/** The parts of the platform that are an Application each: what we render, and the one that comes from its upstream chart. */
export type ApplicationComponent = PlatformComponent | 'aws-load-balancer-controller';

/** Name of a component's Application. */
export function componentApplication(component: ApplicationComponent): string {
  return `${componentPrefix}${component}`;
}

/** Names in the namespace `argocd` that no app may have, since an app's Application has the app's own name. */
export const reservedApplicationNames = {
  names: [argoCdApplication, platformRootApplication, appsRootApplication],
  prefix: componentPrefix,
} as const;

/** Whether an app of this name would take an Application of the platform. */
export function isReservedApplicationName(name: string): boolean {
  const { names, prefix } = reservedApplicationNames;
  return (names as readonly string[]).includes(name) || name.startsWith(prefix);
}
