import { KarmadaVersion } from '../core/karmada-version';
import { type Trouble, troubles } from '../core/private/trouble';
import { COMPONENTS, type FeatureGate, FLAGS, gatesOf } from './control-plane-flags';

const FEATURE_GATES = 'feature-gates';
const ALL: { readonly [name: string]: string } = { AllAlpha: 'alpha', AllBeta: 'beta' };
const SHAPE = /^(?:([^.=]+)\.)?([^.=]+)=(.*)$/s;

/** What in a control plane differs from the defaults of Karmada's components, as `--assume` says it. */
export class Assumptions {
  /**
   * Reads `[<component>.]<flag>=<value>`; without a component it holds for each component that has the flag.
   *
   * @throws for each text that is none, or names an unknown component, flag or feature gate
   */
  public static parse(texts: readonly string[], version: KarmadaVersion = KarmadaVersion.V1_18): Assumptions {
    const assumptions = new Assumptions(version, gatesOf(version));
    const faults = texts.flatMap((text) => assumptions.take(text));
    if (faults.length) throw troubles(faults);
    return assumptions;
  }

  private readonly values = new Map<string, string>();
  private readonly gates = new Map<string, boolean>();

  private constructor(
    /** The release that runs. */
    public readonly version: KarmadaVersion,
    private readonly known: { readonly [name: string]: FeatureGate },
  ) {}

  /** The value of a flag. */
  public flag(component: string, name: string): string {
    return this.values.get(`${component}.${name}`) ?? FLAGS[name].value;
  }

  /** Is a boolean flag set? */
  public enabled(component: string, name: string): boolean {
    return this.flag(component, name) === 'true';
  }

  /** Is a feature gate on in a component? A gate that is named wins over AllAlpha and AllBeta; a later one is off. */
  public gate(component: string, name: string): boolean {
    const gate = this.known[name];
    if (!gate) return false;
    const all = gate.stage === 'alpha' ? 'AllAlpha' : 'AllBeta';
    return this.gates.get(`${component}.${name}`) ?? this.gates.get(`${component}.${all}`) ?? gate.on;
  }

  private take(text: string): Trouble[] {
    const match = SHAPE.exec(text);
    if (!match)
      return [fault(text, 'is not of the form [<component>.]<flag>=<value>', 'write it like scheduler.plugins=*')];
    const [, component, flag, value] = match;
    if (component !== undefined && !COMPONENTS.some((known) => known === component)) {
      return [fault(text, `names no component of Karmada: ${component}`, `use one of ${COMPONENTS.join(', ')}`)];
    }
    const owners = flag === FEATURE_GATES ? COMPONENTS : FLAGS[flag]?.components;
    if (!owners) {
      const known = [FEATURE_GATES, ...Object.keys(FLAGS)].sort().join(', ');
      return [fault(text, `names a flag that preview and validate do not know: ${flag}`, `use one of ${known}`)];
    }
    if (component !== undefined && !owners.some((owner) => owner === component)) {
      return [fault(text, `gives ${flag} to ${component}, which has no such flag`, `give it to ${owners.join(', ')}`)];
    }
    const components = component === undefined ? owners : [component];
    return flag === FEATURE_GATES
      ? this.takeGates(text, components, value)
      : this.takeFlag(text, components, flag, value);
  }

  private takeFlag(text: string, components: readonly string[], flag: string, value: string): Trouble[] {
    if (FLAGS[flag].boolean && value !== 'true' && value !== 'false') {
      return [fault(text, `sets ${flag} to ${JSON.stringify(value)}`, 'write true or false')];
    }
    for (const component of components) this.values.set(`${component}.${flag}`, value);
    return [];
  }

  private takeGates(text: string, components: readonly string[], value: string): Trouble[] {
    const faults: Trouble[] = [];
    for (const pair of value.split(',')) {
      const [, name, on] = /^\s*([^=]*?)\s*=\s*(true|false)\s*$/.exec(pair) ?? [];
      if (name === undefined) {
        faults.push(
          fault(text, `holds ${JSON.stringify(pair)}`, 'write <gate>=true or <gate>=false, separated by commas'),
        );
      } else if (!this.known[name] && !ALL[name]) {
        const known = [...Object.keys(ALL), ...Object.keys(this.known)].join(', ');
        faults.push(
          fault(
            text,
            `names a feature gate that Karmada ${this.version.version} does not have: ${name}`,
            `use one of ${known}`,
          ),
        );
      } else {
        for (const component of components) this.gates.set(`${component}.${name}`, on === 'true');
      }
    }
    return faults;
  }
}

function fault(text: string, what: string, fix: string): Trouble {
  return { what: `assumption ${JSON.stringify(text)} ${what}`, fix };
}
