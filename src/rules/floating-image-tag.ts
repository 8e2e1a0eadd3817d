import { FindingLevel } from '../core/finding';
import { containersOf } from './pods';
import { record } from './read';
import type { Doubt, ObjectRule } from './rule';

/** The tag of an image: `latest` when it has none; undefined when a digest fixes it. */
function tagOf(image: string): string | undefined {
  if (image.includes('@')) return undefined;
  const name = image.slice(image.lastIndexOf('/') + 1);
  const colon = name.indexOf(':');
  return colon < 0 ? 'latest' : name.slice(colon + 1);
}

function look(template: any): Doubt[] {
  return containersOf(template).flatMap(({ container, path }) => {
    const { image, name } = record(container);
    if (typeof image !== 'string' || image === '' || tagOf(image) !== 'latest') return [];
    const message = `container "${name}" runs "${image}", whatever that is on the day when a cluster pulls it`;
    return [{ object: template, path: `${path}.image`, message }];
  });
}

export const FLOATING_IMAGE_TAG: ObjectRule = {
  code: 'MC060',
  level: FindingLevel.WARNING,
  title: 'an image without a fixed tag',
  why: 'Each member cluster pulls on its own day, so "latest", which is also what an image without a tag means, can be another build in each of them.',
  fix: 'name the tag of a release, or a digest',
  see: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  kinds: [
    'Pod',
    'apps/DaemonSet',
    'apps/Deployment',
    'apps/ReplicaSet',
    'apps/StatefulSet',
    'batch/CronJob',
    'batch/Job',
  ],
  look,
};
