/** One Go module that the rig builds binaries of, and where upstream's own `replace` lines need help outside its repository. */
export interface RigModule {
  /** Folder under test/cluster/rig/modules, and the name by which a person asks for it. */
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** Binary name → main package. */
  readonly binaries: Readonly<Record<string, string>>;
  /** Values for `-ldflags "-X …"`: what upstream's Makefile would have stamped. */
  readonly stamps?: Readonly<Record<string, string>>;
  /** Files of the module that the rig reads at run time, kept beside the binaries: name → path in the module. */
  readonly assets?: Readonly<Record<string, string>>;
  /** Local folders of upstream's repository, by module path → the version that stands for the same source. */
  readonly localReplaces?: (modulePath: string) => string | undefined;
  /** Replace lines of upstream to leave out: module path → why. */
  readonly droppedReplaces?: Readonly<Record<string, string>>;
}

const KUBERNETES = '1.35.4';

/**
 * Everything that the rig builds, in the order in which it is built: what most tests need comes first.
 * Versions are those that the platform renders (metrics-server, Rollouts, Argo CD, handler), the newest Kubernetes minor
 * that all of them support, and the releases of etcd and kwok that go with it.
 */
export const RIG_MODULES: readonly RigModule[] = [
  {
    name: 'kubernetes',
    module: 'k8s.io/kubernetes',
    version: `v${KUBERNETES}`,
    binaries: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    },
    // Unstamped, the API server calls itself v0.0.0-master and clients that compare versions misbehave.
    stamps: {
      'k8s.io/component-base/version.gitVersion': `v${KUBERNETES}`,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '35',
    },
    // ./staging/src/k8s.io/x of v1.35.4 is published as k8s.io/x v0.35.4.
    localReplaces: (path) => (path.startsWith('k8s.io/') ? `v${KUBERNETES.replace(/^1\./, '0.')}` : undefined),
  },
  {
    name: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    version: 'v3.6.5',
    binaries: { etcd: 'go.etcd.io/etcd/server/v3' },
    // The sibling modules are released together; the rest are guards ("FORBIDDEN_DEPENDENCY") of upstream's own build.
    localReplaces: (path) => (/^go\.etcd\.io\/etcd\/(api|client|pkg)\b/.test(path) ? 'v3.6.5' : undefined),
    droppedReplaces: {
      'go.etcd.io/etcd': 'a guard against importing the whole repository',
      'go.etcd.io/tests/v3': 'a guard against importing the tests',
    },
  },
  {
    name: 'kwok',
    module: 'sigs.k8s.io/kwok',
    version: 'v0.8.0',
    binaries: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
    stamps: { 'sigs.k8s.io/kwok/pkg/consts.Version': 'v0.8.0' },
    // kwok has no built-in stages: without these it exits with "no stages found".
    assets: {
      'node-initialize.yaml': 'kustomize/stage/node/fast/node-initialize.yaml',
      'node-heartbeat.yaml': 'kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
      'pod-ready.yaml': 'kustomize/stage/pod/fast/pod-ready.yaml',
      'pod-complete.yaml': 'kustomize/stage/pod/fast/pod-complete.yaml',
      'pod-delete.yaml': 'kustomize/stage/pod/fast/pod-delete.yaml',
      'metrics-resource.yaml': 'kustomize/metrics/resource/metrics-resource.yaml',
      'metrics-usage.yaml': 'kustomize/metrics/usage/usage-from-annotation.yaml',
    },
  },
  {
    name: 'metrics-server',
    module: 'sigs.k8s.io/metrics-server',
    version: 'v0.9.0',
    binaries: { 'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server' },
  },
  {
    name: 'argo-rollouts',
    module: 'github.com/argoproj/argo-rollouts',
    version: 'v1.9.1',
    binaries: { 'rollouts-controller': 'github.com/argoproj/argo-rollouts/cmd/rollouts-controller' },
  },
  {
    name: 'node-termination-handler',
    module: 'github.com/aws/aws-node-termination-handler',
    version: 'v1.25.6',
    binaries: { 'node-termination-handler': 'github.com/aws/aws-node-termination-handler/cmd' },
  },
  {
    name: 'ec2-metadata-mock',
    module: 'github.com/aws/amazon-ec2-metadata-mock',
    version: 'v1.13.0',
    binaries: { 'ec2-metadata-mock': 'github.com/aws/amazon-ec2-metadata-mock/cmd/ec2-metadata-mock' },
  },
  {
    name: 'argo-cd',
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.5.3',
    binaries: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
    assets: {
      // The repo-server calls this script for every revision, with signature checks off too.
      'git-verify-wrapper.sh': 'hack/git-verify-wrapper.sh',
      // What dist/<cluster>/bootstrap/ patches: upstream's release, which the rig cannot fetch.
      'argocd-install.yaml': 'manifests/install.yaml',
    },
    // The commit of tag v3.5.3, as the module proxy names it.
    localReplaces: (path) =>
      path === 'github.com/argoproj/argo-cd/gitops-engine' ? 'v0.0.0-20260914071520-c9c369efcc5b' : undefined,
  },
  {
    name: 'kustomize',
    module: 'sigs.k8s.io/kustomize/kustomize/v5',
    // The release in Argo CD 3.5.3's image (its hack/tool-versions.sh); its repo-server runs it by this name.
    version: 'v5.8.1',
    binaries: { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5' },
    stamps: { 'sigs.k8s.io/kustomize/api/provenance.version': 'v5.8.1' },
  },
  {
    name: 'kube-score',
    module: 'github.com/zegl/kube-score',
    version: 'v1.20.0',
    binaries: { 'kube-score': 'github.com/zegl/kube-score/cmd/kube-score' },
  },
  {
    // An OCI registry (`crane registry serve`) and a client that knows nothing of ours, for the way of an image.
    name: 'crane',
    module: 'github.com/google/go-containerregistry',
    version: 'v0.22.1',
    binaries: { crane: 'github.com/google/go-containerregistry/cmd/crane' },
  },
  {
    name: 'eksctl',
    module: 'github.com/weaveworks/eksctl',
    version: 'v0.230.0',
    binaries: { eksctl: 'github.com/weaveworks/eksctl/cmd/eksctl' },
    droppedReplaces: { 'k8s.io/cluster-bootstrap': 'points to the misspelt module k8s.io/cluster-bootstrapv' },
  },
];
