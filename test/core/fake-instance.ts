import { App, type AppProps } from 'cdk8s';
import { Construct } from 'constructs';
import { type Finding, FindingLevel } from '../../src/core/finding';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { MulticloudChart, type MulticloudChartProps } from '../../src/core/multicloud-chart';
import type { IMulticloudInstance } from '../../src/core/multicloud-instance';
import type { Advice } from '../../src/core/private/advice';

/** A Karmada that takes everything, but refuses data with the key `refused` and doubts data with the key `doubtful`. */
export class FakeInstance extends Construct implements IMulticloudInstance {
  public readonly instanceName = 'east';
  public readonly version = KarmadaVersion.V1_18;
  /** Manifests that it was asked about, by name. */
  public readonly asked: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    public readonly _existing?: boolean,
  ) {
    super(scope, id);
  }

  public _admit(manifest: any): Finding[] {
    this.asked.push(manifest.metadata.name);
    const finding = { path: 'data.key', fix: 'take the key away' };
    const refused = { ...finding, code: 'MC900', level: FindingLevel.ERROR };
    const doubtful = { ...finding, code: 'MC901', level: FindingLevel.WARNING, message: 'the value is doubtful' };
    const { data = {} } = manifest;
    return [
      ...('refused' in data ? [{ ...refused, message: `the value "${data.refused}" is refused` }] : []),
      ...('doubtful' in data ? [doubtful] : []),
    ];
  }

  public _advise(manifests: readonly any[]): Advice[] {
    return manifests
      .filter(({ data }) => 'crowd' in (data ?? {}))
      .map((object) => ({ object, finding: crowded(manifests.length) }));
  }
}

/** A finding of the rules: it looks at everything that goes to the instance. */
export function crowded(count: number): Finding {
  return {
    code: 'MC902',
    level: FindingLevel.WARNING,
    path: 'data.crowd',
    message: `${count} objects are a crowd`,
    fix: 'take some away',
  };
}

/** An instance in an app of its own. */
export function anInstance(existing?: boolean, props?: AppProps): FakeInstance {
  return new FakeInstance(new App(props), 'instance', existing);
}

/** A chart for an instance in an app of its own. */
export function aChart(props: Partial<MulticloudChartProps> = {}): MulticloudChart {
  const instance = props.instance ?? anInstance();
  return new MulticloudChart(instance.node.root as App, 'shop', { ...props, instance });
}

/** The objects of a chart that a user wrote. */
export function objects(chart: MulticloudChart): any[] {
  return chart.toJson().slice(2);
}

/** The objects of a kind, without the annotations that the command reads. */
export function bare(chart: MulticloudChart, kind: string): any[] {
  return objects(chart)
    .filter((object) => object.kind === kind)
    .map(({ metadata: { annotations, ...metadata }, ...object }) => {
      const own = Object.entries(annotations).filter(([key]) => !key.startsWith('cdk8s-karmada.io/'));
      return { ...object, metadata: { ...metadata, ...(own.length > 0 && { annotations: Object.fromEntries(own) }) } };
    });
}

/** The text of what is thrown. */
export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
