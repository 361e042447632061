import { gitAccess } from '../model/git-access.js';
import type { PipelineInputs } from './inputs.js';

// The commands of each stage, for `sh -xe`. They take what differs between apps from the environment and say the image's tag anew each
// time: a stage that runs again, or on another agent, needs nothing of an earlier one.

const image = 'image="$SPILLWAY_REGISTRY/$SPILLWAY_REPOSITORY:$BUILD_NUMBER-$(git rev-parse --short=12 HEAD)"';

/** Builds the image from the app's own Dockerfile and writes into it which commit it is. */
export function buildCommands({ builder, dockerfile, context }: PipelineInputs): string[] {
  const revision = '--label "org.opencontainers.image.revision=$(git rev-parse HEAD)"';
  return [image, `${builder} build --pull --file "${dockerfile}" ${revision} --tag "$image" "${context}"`];
}

/** Pushes the image. ECR must scan it: a repository that does not is refused before anything is pushed. */
export function pushCommands(inputs: PipelineInputs): string[] {
  const scanned = inputs.image.ecr ? scanCommands : [];
  return [image, ...scanned, ...temporary, ...loginCommands(inputs), `${inputs.builder} push "$image"`];
}

/** Writes the new image into the app's spec, in a fresh clone; to win the race with other builds is bump's own work. */
export function bumpCommands(inputs: PipelineInputs): string[] {
  const bump =
    'bump "$SPILLWAY_APP" --image "$image" --digest --cluster "$SPILLWAY_CLUSTER" --build "$BUILD_NUMBER" --source-commit "$commit" --push';
  return [
    image,
    'commit="$(git rev-parse HEAD)"',
    ...temporary,
    // For the digest. To ECR spillway goes by itself, with the AWS command line.
    ...(inputs.image.ecr ? [] : loginCommands(inputs)),
    ...cloneCommands(inputs),
    `${spillwayInClone} ${bump}`,
  ];
}

/**
 * Waits until the cluster runs what the specs now say, or has gone back to what it ran before: then the build has failed. A fresh clone
 * has what was bumped, or something newer.
 */
export function waitCommands(inputs: PipelineInputs, waitMinutes: number): string[] {
  return [
    ...temporary,
    ...cloneCommands(inputs),
    `${spillwayInClone} status "$SPILLWAY_CLUSTER" --app "$SPILLWAY_APP" --wait --timeout ${waitMinutes}m`,
  ];
}

const spillwayInClone = 'spillway --root "$temporary/gitops/$GITOPS_PATH"';

/** What a step leaves behind is gone with it, however it ends. */
const temporary = ['temporary="$(mktemp -d)"', 'trap \'rm -rf "$temporary"\' EXIT'];

/** The setting in effect, whether it comes from the registry's filters or from the repository itself. */
const scanCommands = [
  'scan="$(aws ecr batch-get-repository-scanning-configuration --region "$ECR_REGION" --repository-names "$SPILLWAY_REPOSITORY" --query "scanningConfigurations[0].scanFrequency" --output text)"',
  'case "$scan" in',
  '  SCAN_ON_PUSH|CONTINUOUS_SCAN) ;;',
  '  *) echo "ECR has no repository $SPILLWAY_REPOSITORY that it scans on push: see docs/jenkins.md" >&2; exit 1 ;;',
  'esac',
];

/** Logs in to the registry. The password comes on stdin and lies in a file of the step's own. */
function loginCommands({ builder, image: { ecr } }: PipelineInputs): string[] {
  const login = builder === 'docker' ? 'docker login' : 'buildah login --authfile "$REGISTRY_AUTH_FILE"';
  const file = [
    'export DOCKER_CONFIG="$temporary"',
    ...(builder === 'docker' ? [] : ['export REGISTRY_AUTH_FILE="$temporary/config.json"']),
  ];
  if (ecr)
    return [
      ...file,
      `aws ecr get-login-password --region "$ECR_REGION" | ${login} --username AWS --password-stdin "$SPILLWAY_REGISTRY"`,
    ];
  return [
    ...file,
    // sh -x would write the password into the log, and Jenkins' masking is the second line of defence, not the first.
    'set +x',
    `printf %s "$REGISTRY_PASSWORD" | ${login} --username "$REGISTRY_USERNAME" --password-stdin "$SPILLWAY_REGISTRY"`,
    'set -x',
  ];
}

function cloneCommands({ gitops }: PipelineInputs): string[] {
  const key = gitAccess(gitops.repository) === 'key';
  return [
    // A host that is not known is refused: nobody is there to be asked.
    ...(key ? ['export GIT_SSH_COMMAND="ssh -i \'$GITOPS_KEY\' -o IdentitiesOnly=yes -o BatchMode=yes"'] : []),
    'git clone --single-branch --branch "$GITOPS_BRANCH" "$GITOPS_REPOSITORY" "$temporary/gitops"',
  ];
}
