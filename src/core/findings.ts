import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Finding, FindingLevel } from './finding';
import { keyOf, keyText } from './object-key';
import { targetOf } from './private/target-registry';
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

/** By construct: code of a finding to the reason why it is fine. */
const ACKNOWLEDGED = new WeakMap<IConstruct, Map<string, string>>();

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
    return this.scope.node
      .findAll()
      .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
      .flatMap(findingsOf);
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
    const reasons = ACKNOWLEDGED.get(this.scope) ?? new Map<string, string>();
    ACKNOWLEDGED.set(this.scope, reasons.set(code, reason));
  }
}

function findingsOf(object: ApiObject): ObjectFinding[] {
  const target = targetOf(object);
  if (!target) return [];
  const manifest = object.toJson();
  return target.admit(manifest).map((finding) => ({
    ...finding,
    constructPath: object.node.path,
    object: keyText(keyOf(manifest)),
    acknowledged: finding.level === FindingLevel.WARNING ? reasonFor(object, finding.code) : undefined,
  }));
}

/** The reason given closest to the object. */
function reasonFor(object: ApiObject, code: string): string | undefined {
  return object.node.scopes
    .reverse()
    .map((scope) => ACKNOWLEDGED.get(scope)?.get(code))
    .find((reason) => reason !== undefined);
}
