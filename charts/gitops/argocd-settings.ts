/**
 * Argo CD's settings that differ from upstream's, or that we rely on. Keys: docs/operator-manual/argocd-cm.yaml and
 * argocd-cmd-params-cm.yaml of argo-cd v3.5.3.
 */

/**
 * Health of an Application within a root: waves wait for it. Stricter than the one in Argo CD's documentation, which copies a child's
 * health alone: a child whose source cannot be rendered has health Healthy and sync Unknown, and the next wave would start.
 */
const applicationHealth = `local health = { status = "Progressing", message = "not reconciled yet" }
local status = obj.status
if status ~= nil and status.health ~= nil and status.health.status ~= nil then
  health.status = status.health.status
  health.message = status.health.message or ""
  local sync = "Unknown"
  if status.sync ~= nil and status.sync.status ~= nil then
    sync = status.sync.status
  end
  if health.status == "Healthy" and sync ~= "Synced" then
    health.status = "Progressing"
    health.message = "healthy, but its sync status is " .. sync
  end
end
return health
`;

/**
 * Health of a CRD: bad where the API server refuses its names, good otherwise. Upstream's waits for Established as well, and often for
 * nothing: it looks in the second in which the CRD is new, and as CRDs carry no tracking, no later change of them makes Argo CD look
 * again before the next resync. A new cluster stood still for minutes (seen on v3.5.3). A sync itself waits until its CRDs are served.
 */
const definitionHealth = `local health = { status = "Healthy", message = "" }
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.type == "NamesAccepted" and condition.status == "False" then
      health.status = "Degraded"
      health.message = condition.message
    end
  end
end
return health
`;

/** Keys of argocd-cm. */
export const argoCdSettings: Readonly<Record<string, string>> = {
  // Objects carry the Application's name in an annotation. The label of the other method is one that charts set, too.
  'application.resourceTrackingMethod': 'annotation',
  // No shell into pods from the browser, nobody without a name.
  'exec.enabled': 'false',
  'users.anonymous.enabled': 'false',
  'resource.customizations.health.argoproj.io_Application': applicationHealth,
  'resource.customizations.health.apiextensions.k8s.io_CustomResourceDefinition': definitionHealth,
  // Upstream's own: a commit is live after two to three minutes where no webhook tells of it.
  'timeout.reconciliation': '120s',
  'timeout.reconciliation.jitter': '60s',
};

/** Keys of argocd-cmd-params-cm: processes read them as environment variables when they start. */
export const argoCdParameters: Readonly<Record<string, string>> = {
  // A sync that waits for health is deaf to new commits, and one that ran out of time is not tried again for its commit. So there is
  // an end to waiting, later than the slowest start of a new cluster.
  'controller.sync.timeout.seconds': '1800',
};

/** Keys of argocd-cm that upstream's manifests hand to processes as environment variables, too. */
export const settingsReadAtStart = ['timeout.reconciliation', 'timeout.reconciliation.jitter'] as const;
