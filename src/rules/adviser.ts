import { Assumptions } from '../admission/assumptions';
import { type Finding, FindingLevel } from '../core/finding';
import type { KarmadaVersion } from '../core/karmada-version';
import type { Advice } from '../core/private/advice';
import { kindOf } from './kinds';
import { Objects } from './objects';
import type { Doubt, ObjectRule, Rule, Surroundings } from './rule';
import { INPUT_RULES, OBJECT_RULES } from './rules';

/** What an adviser knows of the control plane. */
export interface AdviserProps {
  /**
   * The release that runs there.
   *
   * @default KarmadaVersion.V1_18
   */
  readonly version?: KarmadaVersion;

  /**
   * What differs from the defaults of Karmada's components, as `--assume` says it.
   *
   * @default - nothing
   */
  readonly assume?: readonly string[];

  /**
   * Whether the code installs the instance, so that the Clusters among the objects are all that it has.
   *
   * @default false
   */
  readonly installed?: boolean;

  /**
   * Whether the instance has a karmada-metrics-adapter, when the code says so.
   *
   * @default - not known
   */
  readonly metricsAdapter?: boolean;

  /**
   * Policies of others on the same Karmada.
   *
   * @default - nobody else has any
   */
  readonly existing?: readonly any[];
}

const ERRORS = byKind(OBJECT_RULES.filter(({ level }) => level === FindingLevel.ERROR));

/** Says what of objects Karmada would take and do otherwise than meant. */
export class Adviser {
  private readonly around: Surroundings;
  private readonly existing: readonly any[];

  constructor({ version, assume = [], installed = false, metricsAdapter, existing = [] }: AdviserProps = {}) {
    this.around = { assumptions: Assumptions.parse(assume, version), installed, metricsAdapter };
    this.existing = existing;
  }

  /** What is wrong with one object, whatever else there is: errors only. */
  public errors(manifest: any): Finding[] {
    const rules = ERRORS.get(kindOf(manifest));
    if (!rules) return [];
    return rules.flatMap((rule) => rule.look(manifest, this.around).map((doubt) => finding(rule, doubt)));
  }

  /**
   * Everything there is to say about the objects that go to one Karmada, rule by rule.
   *
   * @param manifests objects that Karmada's API server would take
   */
  public advise(manifests: readonly any[]): Advice[] {
    const objects = new Objects(manifests, this.existing);
    const advice = (rule: Rule, doubts: readonly Doubt[]) =>
      doubts.map((doubt) => ({ object: objects.original(doubt.object), finding: finding(rule, doubt) }));
    return [
      ...OBJECT_RULES.flatMap((rule) =>
        rule.kinds.flatMap((kind) =>
          objects.ofKind(kind).flatMap((object) => advice(rule, rule.look(object, this.around))),
        ),
      ),
      ...INPUT_RULES.flatMap((rule) => advice(rule, rule.check(objects, this.around))),
    ];
  }
}

function finding({ code, level, fix }: Rule, doubt: Doubt): Finding {
  return { code, level, path: doubt.path, message: doubt.message, fix: doubt.fix ?? fix };
}

function byKind(rules: readonly ObjectRule[]): ReadonlyMap<string, readonly ObjectRule[]> {
  const kinds = new Set(rules.flatMap((rule) => rule.kinds));
  return new Map([...kinds].map((kind) => [kind, rules.filter((rule) => rule.kinds.includes(kind))]));
}
