import { describe, expect, test } from '@jest/globals';
import { withClusterImage } from '../../../src/spec/edit/cluster-image.js';

const image = 'ghcr.io/acme/shop:1.4.3';
const head = 'name: shop\nimage: ghcr.io/acme/shop:1.4.2   # the base\nport: 80\n';

function edit(text: string, to = image, cluster = 'staging'): string {
  const result = withClusterImage('apps/shop.yaml', text, cluster, to);
  if ('diagnostics' in result) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.text;
}

function refusal(text: string, to = image, cluster = 'staging') {
  const result = withClusterImage('apps/shop.yaml', text, cluster, to);
  if ('text' in result) throw new Error(`not refused:\n${result.text}`);
  return result.diagnostics;
}

describe('an image that is there', () => {
  test.each([
    ['plain', 'image: a:1', `image: ${image}`],
    ['in double quotes', 'image: "a:1"', `image: "${image}"`],
    ['in single quotes', "image: 'a:1'", `image: '${image}'`],
    ['with a comment and its spaces', 'image:   a:1   # pinned by Ann', `image:   ${image}   # pinned by Ann`],
    [
      'folded',
      'image: >-  # why\n      a:1\n    scale: {min: 1}',
      `image: >-  # why\n      ${image}\n    scale: {min: 1}`,
    ],
    ['with an anchor that nobody uses', 'image: &pinned a:1', `image: &pinned ${image}`],
    ['removed by null', 'image: null', `image: ${image}`],
    ['a key in quotes', '"image": a:1', `"image": ${image}`],
  ])('%s is overwritten in its place', (_, before, after) => {
    const around = (line: string) =>
      `${head}clusters:\n  prod: {}\n  staging:\n    # of the week\n    ${line}\n    env: {A: b}\n`;
    expect(edit(around(before))).toBe(around(after));
  });

  test('is overwritten in a flow map', () => {
    expect(edit(`${head}clusters: {prod: {}, staging: {scale: {min: 1}, image: a:1, env: {}}}\n`)).toBe(
      `${head}clusters: {prod: {}, staging: {scale: {min: 1}, image: ${image}, env: {}}}\n`,
    );
  });
});

describe('an image that is absent', () => {
  test.each([
    ['into {}', 'staging: {}', `staging: {image: ${image}}`],
    ['into { }', 'staging: { } # none', `staging: { image: ${image} } # none`],
    ['into a flow map', 'staging: {scale: {min: 1}}', `staging: {image: ${image}, scale: {min: 1}}`],
    ['into a spaced flow map', 'staging: { scale: {min: 1} }', `staging: { image: ${image}, scale: {min: 1} }`],
    [
      'into a flow map over several lines',
      'staging: {\n    # small\n    scale: {min: 1},\n  }',
      `staging: {\n    # small\n    image: ${image},\n    scale: {min: 1},\n  }`,
    ],
    [
      'into a block map, above its comments',
      'staging:   # small\n\n      # one is enough\n      scale: {min: 1}',
      `staging:   # small\n      image: ${image}\n\n      # one is enough\n      scale: {min: 1}`,
    ],
    ['where nothing stands', 'staging:', `staging: {image: ${image}}`],
    ['where nothing but a comment stands', 'staging: # soon', `staging: {image: ${image}} # soon`],
    ['where null stands', 'staging: ~', `staging: {image: ${image}}`],
    ['under a key in quotes', '"staging": {}', `"staging": {image: ${image}}`],
  ])('is inserted %s', (_, before, after) => {
    const around = (line: string) => `${head}clusters:\n  ${line}\n  prod: {}   # careful\n`;
    expect(edit(around(before))).toBe(around(after));
  });

  test.each([
    ['{staging: {}, prod: {}}', `{staging: {image: ${image}}, prod: {}}`],
    ['{prod: {}, staging: }', `{prod: {}, staging: {image: ${image}} }`],
    ['{prod, staging}', `{prod, staging: {image: ${image}}}`],
  ])('is inserted into clusters that are %s', (before, after) => {
    expect(edit(`${head}clusters: ${before}\n`)).toBe(`${head}clusters: ${after}\n`);
  });

  test('is inserted at the very end of a file without a last line end', () => {
    expect(edit(`${head}clusters:\n  staging:`)).toBe(`${head}clusters:\n  staging: {image: ${image}}`);
  });
});

describe('every other byte', () => {
  test('stays: byte order mark, line ends of Windows, odd spaces, aliases, letters of any script', () => {
    const text = `\uFEFF# grüße\r\n${head}env: &e {A: "\u00e9", B: x}\r\nfiles: {/a: "1\\n"}\r\nclusters:\r\n  staging:\r\n    env: *e\r\n  prod: {env: *e}\r\n# end`;
    expect(edit(text)).toBe(text.replace('    env: *e', `    image: ${image}\r\n    env: *e`));
  });

  test('of the other clusters stays, where both look alike', () => {
    const text = `${head}clusters:\n  prod: {image: a:1}\n  staging: {image: a:1}\n`;
    expect(edit(text)).toBe(text.replace('staging: {image: a:1}', `staging: {image: ${image}}`));
  });
});

describe('an image that YAML would take for something else', () => {
  test.each(['on', '12:30', '1e3', 'null', '10.0.0.5:5000/shop:1'])('%s is quoted', (name) => {
    expect(edit(`${head}clusters: {staging: {}}\n`, name)).toContain(`{image: "${name}"}`);
  });
});

describe('an edit is refused', () => {
  test('where the app is not on the cluster, with those that it is on', () => {
    const [found] = refusal(`${head}clusters: {prod: {}, dev: {}}\n`);
    expect(found).toMatchObject({
      message: expect.stringContaining('no `clusters.staging`'),
      at: { line: 4, column: 1 },
    });
    expect(found?.hint).toContain('it is on prod, dev');
  });

  test.each([
    ['the cluster’s part is an alias', 'clusters:\n  prod: &both {image: a:1}\n  staging: *both\n'],
    ['its text is another’s by an alias', 'clusters:\n  staging: &both {image: a:1}\n  prod: *both\n'],
    ['the image itself is anchored for another', 'clusters:\n  staging: {image: &i a:1}\n  prod: {image: *i}\n'],
    ['the image is an alias', 'env: {A: &i a:1}\nclusters:\n  staging: {image: *i}\n'],
    ['the image keeps a line end', 'clusters:\n  staging:\n    image: |\n      a:1\n'],
    ['the image is a map', 'clusters: {staging: {image: {a: b}}}\n'],
    ['the cluster’s part is a list', 'clusters: {staging: [a]}\n'],
  ])('where %s', (_, text) => {
    const [found] = refusal(head + text);
    expect(found).toMatchObject({ code: 'image-not-editable', severity: 'error' });
    expect(found?.at?.file).toBe('apps/shop.yaml');
    expect(found?.hint).toContain('write it out');
  });

  test('where the file is no YAML, with the reader’s own words', () => {
    expect(refusal(`${head}clusters: {staging: {}\n`)[0]?.code).toBe('yaml-syntax');
  });
});
