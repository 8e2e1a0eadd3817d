import type { ImageOverrider } from '../image-overrider';
import type { Change } from './change';
import type { Container } from './containers';
import { IMAGE } from './image';
import type { Intent } from './intent';
import { put } from './pointer';
import type { WorkingCopy } from './working-copy';

const WHAT = 'Overrider.image';

/** Changes parts of an image. */
export function imageIntent({ registry, repository, tag, digest, ...which }: ImageOverrider): Intent {
  const components = [
    { component: 'Registry', value: registry },
    { component: 'Repository', value: repository },
    // Karmada's component Tag takes a digest too
    { component: 'Tag', value: tag ?? digest },
  ].filter(({ value }) => value !== undefined);
  const isRegistryOnly = components.every(({ component }) => component === 'Registry');
  const keepsVersion = tag === undefined && digest === undefined;
  const everyContainer = which.container === undefined;
  return (copy) => {
    const edit = (item: object, changes: readonly Change[]) => {
      for (const part of components) {
        copy.overrider('imageOverrider', { ...item, ...part, operator: 'replace' }, changes);
      }
    };
    const imageOf = ({ path }: Container) => [...path, 'image'];
    const seen = (containers: readonly Container[]) => {
      for (const path of keepsVersion ? [] : containers.map(imageOf))
        put(copy.object, path, versioned(copy.at(path), tag, digest));
    };
    const byPath = (containers: readonly Container[]) => {
      for (const path of containers.map(imageOf)) {
        edit({ predicate: { path: `/${path.join('/')}` } }, [{ path, does: 'set', needs: path }]);
      }
    };
    if (copy.object === undefined) {
      if (everyContainer && !which.includeInitContainers && copy.hasOverriders)
        edit({}, [{ path: ['spec'], does: 'set' }]);
      else copy.isSeen(WHAT);
      return;
    }
    const containers = copy.containers;
    const main = containers.filter(({ isInit }) => !isInit);
    const all = which.includeInitContainers ? containers : main;
    if (!everyContainer || all.length === 0 || (all.length > 1 && !isRegistryOnly)) {
      // a mirror holds every image, but one repository, tag or digest is hardly right for two containers
      const found = copy.pick(which.container, WHAT);
      if (!found || !isReadable(copy, found, keepsVersion)) return;
      byPath([found]);
      seen([found]);
      return;
    }
    if (!all.every((container) => isReadable(copy, container, keepsVersion))) return;
    if (copy.hasOverriders) {
      edit(
        {},
        main.map((container) => ({ path: imageOf(container), does: 'set' })),
      );
      byPath(all.filter(({ isInit }) => isInit));
    } else byPath(all);
    seen(all);
  };
}

/** The image with another tag or digest in place of those that it has. */
function versioned(image: string, tag: string | undefined, digest: string | undefined): string {
  const name = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  return digest === undefined ? `${name}:${tag}` : `${name}@${digest}`;
}

/** Whether Karmada can read the image, and what it writes is still the whole of it. */
function isReadable(copy: WorkingCopy, { name, path }: Container, keepsVersion: boolean): boolean {
  const image = copy.at([...path, 'image']);
  if (typeof image !== 'string' || !IMAGE.test(image)) {
    copy.troubles.push({
      what: `${WHAT} finds no image that Karmada can read in container "${name}", but ${JSON.stringify(image ?? null)}`,
      fix: 'give the container of the template an image, such as registry.example/shop/web:1',
    });
    return false;
  }
  const hasBoth = image.includes('@') && /:\w[^/]*@/.test(image);
  if (keepsVersion && hasBoth) {
    copy.troubles.push({
      what: `${WHAT} would lose the digest of "${image}": Karmada keeps the tag alone when an image has both`,
      fix: 'write the image of the template with its digest only, or give `tag` or `digest` too',
    });
    return false;
  }
  return true;
}
