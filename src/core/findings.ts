import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding, FindingLevel } from './finding';
import { keyOf, keyText } from './object-key';
import { acknowledge, acknowledgedFor } from './private/acknowledged';
import { peekAt } from './private/plain-object';
import { stamp } from './private/stamp';
import { type Target, targetOf, targetsOf, within } from './private/target-registry';
import { troubles } from './private/trouble';

/** A finding and the object that it is about. */
export interface ObjectFinding extends Finding {
  /** Path of the construct that makes the object, such as `shop/web/Propagation/Resource`. */
  readonly constructPath: string;

  /** The object, as `Kind/namespace/name`. */
  readonly object: string;

  /**
   * Why somebody decided that it is fine, given to `Findings.acknowledge`.
   *
   * @default - nobody acknowledged it
   */
  readonly acknowledged?: string;
}

/**
 * What is wrong or doubtful in the objects below a construct, as data.
 *
 * Errors fail synth in any case. Warnings do not: ask for them here, in a test for instance.
 *
 * @example
 * import { Findings, MulticloudChart } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * Findings.of(chart).acknowledge('MC060', 'the lab always runs the newest build');
 * const findings = Findings.of(chart).all; // those acknowledged say why
 */
export class Findings {
  /**
   * The findings below a construct, itself included.
   *
   * @param scope an app, a chart, or anything in a chart
   */
  public static of(scope: IConstruct): Findings {
    return new Findings(scope);
  }

  private readonly scope: IConstruct;

  private constructor(scope: IConstruct) {
    this.scope = scope;
  }

  /** All findings, acknowledged ones too, in the order of the objects. Objects outside charts of ours have none. */
  public get all(): ObjectFinding[] {
    const below = new Set(this.scope.node.findAll());
    const servers = new Map<string, Target[]>();
    for (const target of targetsOf(this.scope)) {
      const server = `${target.server} ${target.instanceName}`;
      servers.set(server, [...(servers.get(server) ?? []), target]);
    }
    return [...servers.values()]
      .filter((targets) => targets.some(({ chart }) => below.has(chart) || targetOf(this.scope)?.chart === chart))
      .flatMap(findingsAt)
      .filter(({ construct }) => below.has(construct))
      .map(({ finding }) => finding);
  }

  /**
   * Says that a warning is fine below this construct. It stays in `all`, with the reason; an error stays an error.
   *
   * @param code the code of the finding, such as `MC060`
   * @param reason why it is fine, for whoever reads the report
   * @throws if the reason is empty
   */
  public acknowledge(code: string, reason: string): void {
    if (reason.trim() === '') {
      throw troubles([
        {
          what: `finding ${code} is acknowledged without a reason`,
          at: this.scope.node.path,
          fix: 'say in `reason` why it is fine: the next reader will ask',
        },
      ]);
    }
    acknowledge(this.scope, code, reason);
  }
}

/** A finding with the construct of its object. */
interface Found {
  readonly construct: IConstruct;
  readonly finding: ObjectFinding;
}

/** What there is to say about all objects that go to one server: a policy in one chart may select what stands in another. */
function findingsAt(targets: readonly Target[]): Found[] {
  const found = new Map<any, Finding[]>();
  const objects: { readonly object: ApiObject; readonly manifest: any }[] = [];
  const good: any[] = [];
  for (const target of targets) {
    const constructs = within(target, target.chart);
    const written = new Set(stamp(target, constructs));
    for (const object of constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))) {
      const manifest = peekAt(object);
      const findings = target.admit(manifest);
      if (target.advise && written.has(object) && findings.every(({ level }) => level === FindingLevel.WARNING))
        good.push(manifest);
      objects.push({ object, manifest });
      found.set(manifest, findings);
    }
  }
  const advise = targets.find((target) => target.advise)?.advise;
  for (const { object, finding } of advise?.(good) ?? []) found.get(object)?.push(finding);
  return objects.flatMap(({ object, manifest }) => {
    const acknowledged = acknowledgedFor(object) ?? {};
    return (found.get(manifest) ?? []).map((finding) => ({
      construct: object,
      finding: {
        ...finding,
        constructPath: object.node.path,
        object: keyText(keyOf(manifest)),
        acknowledged: finding.level === FindingLevel.WARNING ? acknowledged[finding.code] : undefined,
      },
    }));
  });
}
