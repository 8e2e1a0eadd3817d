import { suggestion } from '../../core/private/suggestion';
import type { Trouble } from '../../core/private/trouble';
import type { Overrider } from '../overrider';
import { type Container, containersOf, isTrouble, pick } from './containers';
import { EnvList } from './env-list';
import type { EnvIntent, ImageIntent, MetadataIntent } from './intent';

/** Kinds whose containers Karmada's image overrider finds by itself (imageoverride.go at v1.18.2); it goes by the kind's name. */
const IMAGE_KINDS = ['Pod', 'ReplicaSet', 'Deployment', 'DaemonSet', 'StatefulSet', 'Job'];

/** What overrides are applied to. */
export interface Subject {
  readonly kinds: readonly string[];
  /** The object as synthesized; none when the policy selects objects that the code does not have. */
  readonly manifest?: any;
}

/** The overrides of one rule as Karmada's overriders. */
export class CompiledRule {
  public readonly troubles: Trouble[] = [];

  private readonly containers: Container[];
  private readonly lists = new Map<string, EnvList>();
  private readonly images: any[] = [];
  private readonly metadata = { labels: [] as any[], annotations: [] as any[] };

  /**
   * @param overriders what to do, in this order
   * @param subject what to do it to
   * @param prepared pointers of containers whose list of variables an earlier rule made
   */
  constructor(
    overriders: readonly Overrider[],
    private readonly subject: Subject,
    private readonly prepared: ReadonlySet<string>,
  ) {
    this.containers = containersOf(subject.manifest ?? {});
    for (const { _intent: intent } of overriders) {
      if (intent.of === 'image') this.image(intent);
      else if (intent.of === 'env') this.env(intent);
      else this.label(intent);
    }
  }

  /** The lists of variables that the rule changes. */
  public get envLists(): EnvList[] {
    return [...this.lists.values()];
  }

  public toKarmada(): any {
    const plaintext = this.envLists.flatMap((list) => list.toKarmada());
    const { labels, annotations } = this.metadata;
    return {
      ...(this.images.length > 0 && { imageOverrider: this.images }),
      ...(labels.length > 0 && { labelsOverrider: labels }),
      ...(annotations.length > 0 && { annotationsOverrider: annotations }),
      ...(plaintext.length > 0 && { plaintext }),
    };
  }

  private image({ container, components }: ImageIntent): void {
    const what = 'Overrider.image';
    const edit = (predicate?: any) =>
      this.images.push(...components.map((part) => ({ ...predicate, ...part, operator: 'replace' })));
    const main = this.containers.filter(({ isInit }) => !isInit);
    if (container !== undefined) {
      const found = this.pick(container, what);
      if (found) edit({ predicate: { path: `${found.pointer}/image` } });
    } else if (this.subject.manifest && (main.length === 0 || (main.length > 1 && !onlyRegistry(components)))) {
      // a mirror holds every image, but one repository, tag or digest is hardly right for two containers
      this.pick(container, what);
    } else if (this.subject.kinds.every((kind) => IMAGE_KINDS.includes(kind))) {
      edit();
    } else if (this.subject.manifest) {
      for (const { pointer } of main) edit({ predicate: { path: `${pointer}/image` } });
    } else {
      this.troubles.push(blind(what));
    }
  }

  private env({ container, name, value }: EnvIntent): void {
    const what = value === undefined ? `Overrider.removeEnv("${name}")` : `Overrider.env("${name}")`;
    const found = this.pick(container, what);
    if (!found) return;
    const missing = !found.env?.length && !this.prepared.has(found.pointer);
    const list = this.lists.get(found.pointer) ?? new EnvList(found, missing);
    this.lists.set(found.pointer, list);
    if (value !== undefined) {
      list.set(name, value);
    } else if (!list.remove(name)) {
      this.troubles.push({
        what: `${what} finds no such variable in container "${found.name}"`,
        fix: otherwise(name, list.known, 'variables'),
      });
    }
  }

  private label({ of, key, value }: MetadataIntent): void {
    if (value === undefined && this.subject.manifest) {
      const known = Object.keys(this.subject.manifest.metadata?.[of] ?? {}).filter(
        (name) => !name.startsWith('cdk8s-karmada.io/'),
      );
      const method = of === 'labels' ? 'removeLabel' : 'removeAnnotation';
      if (!known.includes(key)) {
        this.troubles.push({
          what: `Overrider.${method}("${key}") finds no such ${of.slice(0, -1)} in the template`,
          fix: otherwise(key, known, of),
        });
      }
    }
    const item = { operator: value === undefined ? 'remove' : 'add', value: { [key]: value ?? '' } };
    const last = this.metadata[of].at(-1);
    if (last?.operator === item.operator) Object.assign(last.value, item.value);
    else this.metadata[of].push(item);
  }

  private pick(container: string | undefined, what: string): Container | undefined {
    const found = this.subject.manifest ? pick(this.containers, container, what) : blind(what);
    if (!isTrouble(found)) return found;
    this.troubles.push(found);
    return undefined;
  }
}

function onlyRegistry(components: ImageIntent['components']): boolean {
  return components.every(({ component }) => component === 'Registry');
}

function otherwise(word: string, known: readonly string[], plural: string): string {
  return known.length > 0 ? suggestion(word, known, plural) : `leave it out: the template has no ${plural}`;
}

function blind(what: string): Trouble {
  return {
    what: `${what} has to look its place up in the template, and the policy selects objects that the code does not have`,
    fix: 'select one object with ResourceSelector.of',
  };
}
