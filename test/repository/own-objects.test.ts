import { describe, expect, test } from '@jest/globals';
import { supportedKubernetesVersions } from '../../src/facts/versions.js';
import { renderSources } from '../../src/pipeline.js';
import { readSources } from '../../src/spec/read/sources.js';
import { repositoryRoot } from '../support/rendering.js';
import { objectJudge } from '../support/schemas.js';

/** The repository's own sources, as if every cluster ran that Kubernetes version. */
function sourcesFor(version: string) {
  const read = readSources(repositoryRoot);
  const sources = read.sources.map((source) =>
    source.kind === 'cluster' ? { ...source, value: { ...source.value, kubernetesVersion: version } } : source,
  );
  return { ...read, sources };
}

describe.each(supportedKubernetesVersions)('this repository rendered for Kubernetes %s', (version) => {
  test('holds only objects that the version accepts, every field known', async () => {
    const { clusters } = await renderSources(sourcesFor(version));
    const judge = await objectJudge(version);
    expect(clusters).toHaveLength(2);
    for (const { objects } of clusters) {
      expect(objects.length).toBeGreaterThan(150);
      expect(objects.flatMap(({ object }) => judge(object))).toEqual([]);
    }
  });
});

test('no rendered object bears a label or selector that cdk8s makes from construct paths', async () => {
  const { clusters } = await renderSources(readSources(repositoryRoot));
  expect(JSON.stringify(clusters.map(({ objects }) => objects))).not.toContain('cdk8s.io');
});
