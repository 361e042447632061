import type { Check } from './check.js';
import { text } from './view/json.js';

/** An image reference taken apart: `registry:5000/name:tag@digest`. */
function parts(image: string): { readonly tag?: string; readonly digest?: string } {
  const [named = '', digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(named)?.[1];
  return { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** Why an image is not pinned; undefined where it is. */
function looseness(image: string): string | undefined {
  const { tag, digest } = parts(image);
  if (digest !== undefined) return undefined;
  if (tag === undefined) return 'has no tag, which means latest';
  if (tag === 'latest') return 'is latest';
  return /\d/.test(tag) ? undefined : `has the tag ${tag}, which moves`;
}

/** What runs is what was reviewed. */
export const imageChecks: readonly Check[] = [
  {
    id: 'image-pinned',
    title: 'images are pinned by a version or a digest',
    why: 'A tag that moves runs another version after every restart, on every node, and `git revert` brings nothing back.',
    severity: 'warning',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const container of template.containers) {
          const image = text(container.spec['image']) ?? '';
          const reason = looseness(image);
          if (reason === undefined) continue;
          const field = template.purpose === 'analysis' ? 'release.analysis' : 'image';
          yield {
            message: `image ${image} of container ${container.name} ${reason}`,
            hint: 'use a tag with a version in it, such as 1.4.2, or the digest (…@sha256:…, from `docker buildx imagetools inspect`)',
            at:
              template.purpose === 'analysis'
                ? view.at(template.owned, field, `${container.pointer}/image`)
                : view.atContainer(template, container, field, 'image'),
            app: app.name,
          };
        }
      }
    },
  },
];
