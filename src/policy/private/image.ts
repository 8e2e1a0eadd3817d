import type { Trouble } from '../../core/private/trouble';
import type { ImageOverrider } from '../image-overrider';

/** Mirrors what pkg/util/imageparser/parser.go at v1.18.2 takes; it silently ignores any other tag or digest. */
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const REGISTRY = /^[A-Za-z0-9][A-Za-z0-9._-]*(?::\d+)?(?:\/[a-z0-9][a-z0-9._-]*)*$/;
const REPOSITORY = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;

/** An image that Karmada can take apart: the reference grammar of the container world. */
export const IMAGE = new RegExp(
  [
    '^(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::\\d+)?/)?',
    '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*',
    '(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$',
  ].join(''),
);

const RULES = [
  { part: 'registry', shape: REGISTRY, fix: 'give host and port only, such as mirror.example:5000' },
  {
    part: 'repository',
    shape: REPOSITORY,
    fix: 'give the path only, such as shop/web; registry and tag have props of their own',
  },
  { part: 'tag', shape: TAG, fix: 'use at most 128 letters, digits, _, . and -, beginning with none of . and -' },
  { part: 'digest', shape: DIGEST, fix: 'give algorithm and hash, such as sha256: and 64 hexadecimal digits' },
] as const;

/** What is wrong with a change of an image. */
export function imageTroubles(image: ImageOverrider): Trouble[] {
  const found: Trouble[] = RULES.flatMap(({ part, shape, fix }) => {
    const value = image[part];
    return value === undefined || shape.test(value)
      ? []
      : [{ what: `"${value}" cannot be the ${part} of an image`, fix }];
  });
  if (RULES.every(({ part }) => image[part] === undefined)) {
    found.push({ what: 'Overrider.image changes nothing', fix: 'give `registry`, `repository`, `tag` or `digest`' });
  }
  if (image.tag !== undefined && image.digest !== undefined) {
    found.push({
      what: `an image has either a tag or a digest in Karmada, got both "${image.tag}" and "${image.digest}"`,
      fix: 'give one of the two',
    });
  }
  return found;
}
