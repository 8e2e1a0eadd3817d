import { Admission } from '../admission/admission';
import { assumptionsOf } from '../admission/command-lines';
import { type Finding, FindingLevel } from '../core/finding';
import { acknowledgedBy } from '../core/private/acknowledged';
import { ACKNOWLEDGED } from '../core/private/keys';
import { Adviser } from './adviser';
import { type Destination, destinationsOf } from './destinations';
import { instanceAdvice, servesMetrics } from './host-findings';

/** Properties of `FindingsValidation` in `cdk8s.yaml`. */
export interface FindingsValidationProps {
  /**
   * Whether warnings fail synth too.
   *
   * @default false
   */
  readonly failOnWarnings?: boolean;

  /**
   * What differs from the defaults of Karmada's components, as `[<component>.]<flag>=<value>`.
   *
   * @default - what the instance in the manifests says, else the defaults of Karmada
   */
  readonly assume?: string[];
}

/** A finding, and the manifest that it is about. */
interface Violation {
  readonly manifest: any;
  readonly finding: Finding;
}

/**
 * A validation plugin of cdk8s-cli: `cdk8s synth` then says what is wrong or doubtful in all manifests, those of plain charts
 * and of raw YAML too.
 *
 * In `cdk8s.yaml` name it under `validations`: `package: cdk8s-karmada` (cdk8s-cli installs that from the registry) or
 * `package: ./node_modules/cdk8s-karmada`, the exact `version`, and `class: FindingsValidation`.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 * @example
 * import { FindingsValidation } from 'cdk8s-karmada';
 *
 * const plugin = new FindingsValidation({ failOnWarnings: true }); // as cdk8s-cli makes it
 */
export class FindingsValidation {
  private readonly props: FindingsValidationProps;

  /**
   * Made by cdk8s-cli, with the `properties` of `cdk8s.yaml`.
   */
  constructor(props: FindingsValidationProps = {}) {
    this.props = props;
  }

  /**
   * Called by cdk8s-cli once everything is synthesized.
   *
   * @param context the `ValidationContext` of cdk8s-cli: manifests to read, and a report to write
   */
  public validate(context: any): void {
    const files: readonly string[] = context.manifests;
    const documents = files.flatMap((file) => context.parseManifest(file).map((manifest: any) => ({ file, manifest })));
    const fileOf = new Map<any, string>(documents.map(({ file, manifest }) => [manifest, file]));
    const all = destinationsOf([...fileOf.keys()].filter((manifest) => manifest?.metadata?.name)).flatMap(
      (destination) => this.findings(destination),
    );
    const open = all.filter(({ manifest, finding }) => !isAcknowledged(manifest, finding));
    for (const { manifest, finding } of open) {
      context.report.addViolation({
        ruleName: `${finding.level} ${finding.code}`,
        recommendation: finding.message,
        fix: `${finding.fix} (see docs/findings.md#${finding.code.toLowerCase()})`,
        violatingResources: [
          { resourceName: manifest.metadata.name, locations: [finding.path], manifestPath: fileOf.get(manifest) },
        ],
      });
    }
    const errors = open.filter(({ finding }) => finding.level === FindingLevel.ERROR).length;
    const fails = errors > 0 || (this.props.failOnWarnings === true && open.length > 0);
    context.report.submit(fails ? 'failure' : 'success', {
      Errors: String(errors),
      Warnings: String(open.length - errors),
      Acknowledged: String(all.length - open.length),
    });
  }

  private findings({ manifests, host, records, version }: Destination): Violation[] {
    const assume = [...assumptionsOf(host, version), ...(this.props.assume ?? [])];
    const admission = Admission.of({ version, assume });
    const said = manifests.map((manifest) => ({ manifest, verdict: admission.review(manifest) }));
    const good = said.filter(({ verdict }) => verdict.admitted).map(({ manifest }) => manifest);
    const adviser = new Adviser({ version, assume, installed: host.length > 0, metricsAdapter: servesMetrics(host) });
    return [
      ...said.flatMap(({ manifest, verdict }) => verdict.findings.map((finding) => ({ manifest, finding }))),
      ...[...adviser.advise(good), ...instanceAdvice(host, records)].map(({ object, finding }) => ({
        manifest: object,
        finding,
      })),
    ];
  }
}

function isAcknowledged(manifest: any, { code, level }: Finding): boolean {
  return level === FindingLevel.WARNING && code in acknowledgedBy(manifest.metadata.annotations?.[ACKNOWLEDGED]);
}
