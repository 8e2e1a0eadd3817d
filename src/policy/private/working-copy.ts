import type { Trouble } from '../../core/private/trouble';
import { type Change, touch } from './change';
import { type Container, containersOf, isTrouble, pick } from './containers';
import { copyOf, insert, isCollection, leadsTo, type Path, pointerOf, put, take, valueAt } from './pointer';

/** Karmada's overriders, in the order in which it applies those of one rule (overridemanager.go at v1.18.2). */
const STAGES = [
  'imageOverrider',
  'commandOverrider',
  'argsOverrider',
  'labelsOverrider',
  'annotationsOverrider',
  'fieldOverrider',
  'plaintext',
] as const;

export type Stage = (typeof STAGES)[number];

/** Kinds whose containers Karmada's own overriders find (imageoverride.go, commandargsoverride.go at v1.18.2). */
const KINDS_WITH_OVERRIDERS = [
  'v1 Pod',
  'apps/v1 DaemonSet',
  'apps/v1 Deployment',
  'apps/v1 ReplicaSet',
  'apps/v1 StatefulSet',
  'batch/v1 Job',
];

/** What overrides are applied to. */
export interface Subject {
  /** API version and kind of what the policy selects, as `apps/v1 Deployment`. */
  readonly types: readonly string[];
  /** The object as synthesized; none when the policy selects objects that the code does not have. */
  readonly manifest?: any;
  /** Whether the code shares the object's replicas out among clusters. */
  readonly divided?: boolean;
}

/** Overriders of one rule of Karmada's. */
interface Part {
  readonly items: Map<Stage, any[]>;
  readonly changes: { readonly stage: number; readonly change: Change }[];
  /** Operations that made a list or map which was not there; what was put in may have been taken out again. */
  readonly makers: Set<any>;
  /** What operations of this part put in, while an index in their path is still right. */
  made: { readonly path: Path; readonly operation: any }[];
}

/**
 * A template while the overriders of a rule are applied to it in turn. What each does by name becomes what Karmada does by place:
 * the place that is right at that moment.
 *
 * Karmada applies the overriders of a rule in an order of its own. Where that would not come to what was written, the rest goes
 * into another rule for the same clusters.
 */
export class WorkingCopy {
  public readonly troubles: Trouble[] = [];

  private readonly parts: Part[] = [];
  private part: Part;

  /**
   * @param subject what the overriders are for
   * @param object the template, which the copy changes; none when the code does not have it
   */
  constructor(
    public readonly subject: Subject,
    public readonly object?: any,
  ) {
    this.part = this.begin();
  }

  /** All that was changed. */
  public get changes(): Change[] {
    return this.parts.flatMap(({ changes }) => changes.map(({ change }) => change));
  }

  /** Whether Karmada finds the containers by itself. */
  public get hasOverriders(): boolean {
    return this.subject.types.every((type) => KINDS_WITH_OVERRIDERS.includes(type));
  }

  public get containers(): Container[] {
    return containersOf(this.object ?? {});
  }

  /** What is there, undefined when nothing is. */
  public at(path: Path): any {
    return valueAt(this.object, path);
  }

  /** The container that an overrider means; a trouble when that is none. */
  public pick(container: string | undefined, what: string): Container | undefined {
    const found = this.object === undefined ? blind(what) : pick(this.containers, container, what);
    if (!isTrouble(found)) return found;
    this.troubles.push(found);
    return undefined;
  }

  /** Whether there is a template to look something up in; a trouble when there is none. */
  public isSeen(what: string): boolean {
    if (this.object === undefined) this.troubles.push(blind(what));
    return this.object !== undefined;
  }

  /**
   * Something that Karmada has an overrider for. Its effect on the object is the caller's.
   *
   * @param stage which overrider
   * @param item an item of it
   * @param changes what it does, all at once
   * @param join puts it into the item before it, where it can
   */
  public overrider(
    stage: Stage,
    item: any,
    changes: Change | readonly Change[],
    join: (last: any) => boolean = () => false,
  ): void {
    this.enter(stage, [changes].flat());
    const items = this.items(stage);
    if (items.length === 0 || !join(items[items.length - 1])) items.push(item);
  }

  /** Whether an operation of this rule put it in, so that more of it can stand in that operation. */
  public isMadeHere(path: Path): boolean {
    return this.madeAround(path) !== undefined;
  }

  /** Sets something, with the maps that lead to it. */
  public set(path: Path, value: any, creates = false): void {
    const target = path.slice(0, this.existing(path) + 1);
    const whole = path.slice(target.length).reduceRight((inner: any, token) => ({ [token]: inner }), value);
    put(this.object, target, copyOf(whole));
    const made = this.madeAround(target);
    if (!made) {
      const isElement = typeof target[target.length - 1] === 'number';
      this.operation(
        { path: pointerOf(target), operator: isElement ? 'replace' : 'add', value: copyOf(whole) },
        {
          path: target,
          does: 'set',
          needs: isElement ? target : target.slice(0, -1),
          creates: creates || target.length < path.length,
        },
      );
    } else if (made.path.length === target.length) made.operation.value = copyOf(whole);
    else put(made.operation.value, target.slice(made.path.length), copyOf(whole));
  }

  /** Sets a member of a map that every object of the kind has, in objects that the code does not have. */
  public blindly(path: Path, value: any): void {
    this.enter('plaintext', [{ path, does: 'set' }]);
    this.items('plaintext').push({ path: pointerOf(path), operator: 'add', value: copyOf(value) });
  }

  /** Puts something at the end of a list, which is made when it is not there. */
  public append(list: Path, value: any): void {
    const elements = this.at(list);
    if (elements === undefined) {
      this.set(list, [value], true);
      return;
    }
    const path = [...list, elements.length];
    const made = this.madeAround(list);
    insert(this.object, path, copyOf(value));
    if (made) insert(made.operation.value, path.slice(made.path.length), copyOf(value));
    else {
      this.operation(
        { path: `${pointerOf(list)}/-`, operator: 'add', value: copyOf(value) },
        { path, does: 'append', needs: list },
      );
    }
  }

  /**
   * Takes something away that is there.
   *
   * @param path where it is
   * @param sweeps whether all that is the same in the list is to go
   */
  public remove(path: Path, sweeps = false): void {
    const made = this.madeAround(path.slice(0, -1));
    take(this.object, path);
    if (made) take(made.operation.value, path.slice(made.path.length));
    else {
      const does = typeof path[path.length - 1] === 'number' ? 'shift' : 'remove';
      this.operation({ path: pointerOf(path), operator: 'remove' }, { path, does, needs: path, sweeps });
    }
  }

  /** An operation exactly as the user wrote it. */
  public literally(operation: any, change: Change): void {
    const { path, does } = change;
    if (operation.operator === 'remove') take(this.object, path);
    else if (does === 'set') put(this.object, path, copyOf(operation.value));
    else insert(this.object, path, copyOf(operation.value));
    this.operation(operation, change);
    this.part.made = [];
  }

  /** Karmada's overriders, those of one rule or of several. */
  public toKarmada(): any[] {
    return this.parts
      .map(({ items, makers }) =>
        Object.fromEntries(
          [...items].map(([stage, all]) => [stage, all.filter((item) => !makers.has(item) || !isEmpty(item.value))]),
        ),
      )
      .map((overriders) => Object.fromEntries(Object.entries(overriders).filter(([, items]) => items.length > 0)))
      .filter((overriders) => Object.keys(overriders).length > 0);
  }

  private operation(operation: any, change: Change): void {
    this.enter('plaintext', [change]);
    this.items('plaintext').push(operation);
    const { path, does } = change;
    const stale = does === 'shift' ? path.slice(0, -1) : path;
    this.part.made = this.part.made.filter((made) => !leadsTo(stale, made.path));
    if (operation.operator !== 'remove') this.part.made.push({ path, operation });
    if (change.creates) this.part.makers.add(operation);
  }

  private madeAround(path: Path): { readonly path: Path; readonly operation: any } | undefined {
    return this.part.made.find((made) => leadsTo(made.path, path));
  }

  private enter(name: Stage, changes: readonly Change[]): void {
    const stage = STAGES.indexOf(name);
    const comesTooLate = this.part.changes.some(
      (earlier) => earlier.stage > stage && changes.some((change) => touch(earlier.change, change)),
    );
    if (comesTooLate) this.part = this.begin();
    this.part.changes.push(...changes.map((change) => ({ stage, change })));
  }

  private begin(): Part {
    const part: Part = { items: new Map(), changes: [], makers: new Set(), made: [] };
    this.parts.push(part);
    return part;
  }

  private items(stage: Stage): any[] {
    const items = this.part.items.get(stage) ?? [];
    this.part.items.set(stage, items);
    return items;
  }

  /** How many steps of a path, its last left out, lead to something. */
  private existing(path: Path): number {
    const missing = path.slice(0, -1).findIndex((_, index) => !isCollection(this.at(path.slice(0, index + 1))));
    return missing < 0 ? path.length - 1 : missing;
  }
}

function isEmpty(value: any): boolean {
  return isCollection(value) && Object.keys(value).length === 0;
}

function blind(what: string): Trouble {
  return {
    what: `${what} has to look its place up in the template, and the policy selects objects that the code does not have`,
    fix: 'select one object with ResourceSelector.of',
  };
}
