import { type Finding, FindingLevel } from '../core/finding';
import { KarmadaVersion } from '../core/karmada-version';
import { suggestion } from '../core/private/suggestion';
import * as codes from './codes';

/** Values in messages end here, so that a stray script or blob does not fill the screen. */
const LONGEST = 80;

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

/** "a", "a or b", "a, b or c". */
export function oneOf(values: readonly unknown[]): string {
  const texts = values.map(shown);
  if (texts.length < 2) return texts.join('');
  return `${texts.slice(0, -1).join(', ')} or ${texts[texts.length - 1]}`;
}

/** The last name in a path, which is what the user looks for in the manifest. */
function leaf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1) || 'a manifest';
}

/** What a review has against an object; each method adds one finding. */
export class Refusals {
  public readonly findings: Finding[] = [];

  /** @param version the release that runs */
  constructor(private readonly version = KarmadaVersion.V1_18) {}

  /** Is there an error? */
  public get any(): boolean {
    return this.findings.some(({ level }) => level === FindingLevel.ERROR);
  }

  public add(code: string, path: string, message: string, fix: string): void {
    this.findings.push({ code, level: FindingLevel.ERROR, path, message, fix });
  }

  public unknownField(path: string, known: readonly string[]): void {
    const hint = known.length ? `: ${suggestion(leaf(path), known, 'fields')}` : '';
    this.add(
      codes.UNKNOWN_FIELD,
      path,
      `the API server knows no field ${shown(leaf(path))} here${hint}`,
      `remove ${leaf(path)}, or correct its spelling`,
    );
  }

  public wrongType(path: string, value: unknown, wanted: string): void {
    this.add(
      codes.WRONG_TYPE,
      path,
      `${leaf(path)} must be ${wanted}, got ${shown(value)}`,
      `give ${leaf(path)} ${wanted}, or remove it`,
    );
  }

  public missing(path: string, why?: string): void {
    const because = why ? `: ${why}` : '';
    this.add(codes.MISSING, path, `${leaf(path)} is required${because}`, `set ${path}`);
  }

  public notAllowed(path: string, value: unknown, allowed: readonly unknown[]): void {
    this.add(
      codes.NOT_ALLOWED,
      path,
      `${leaf(path)} must be ${oneOf(allowed)}, got ${shown(value)}`,
      `set ${leaf(path)} to ${oneOf(allowed)}`,
    );
  }

  public outOfRange(path: string, value: unknown, bounds: string): void {
    this.add(
      codes.OUT_OF_RANGE,
      path,
      `${leaf(path)} must be ${bounds}, got ${shown(value)}`,
      `set ${leaf(path)} to ${bounds}`,
    );
  }

  /** Wrong spelling: `wanted` completes "x must be …". */
  public malformed(path: string, value: unknown, wanted: string): void {
    this.add(
      codes.MALFORMED,
      path,
      `${leaf(path)} must be ${wanted}, got ${shown(value)}`,
      `write ${leaf(path)} as ${wanted}`,
    );
  }

  public conflict(path: string, message: string, fix: string): void {
    this.add(codes.CONFLICT, path, message, fix);
  }

  public duplicate(path: string, message: string, fix: string): void {
    this.add(codes.DUPLICATE, path, message, fix);
  }

  /** A rule that a release brought: before it, what the rule finds is a warning of what an upgrade would refuse. */
  public since(release: string, rule: () => void): void {
    const before = this.findings.length;
    rule();
    if (this.version._has(release)) return;
    for (const [index, finding] of this.findings.entries()) {
      if (index < before) continue;
      const message = `Karmada ${release} and later refuse this, ${this.version.version} takes it: ${finding.message}`;
      this.findings[index] = { ...finding, code: codes.REFUSED_LATER, level: FindingLevel.WARNING, message };
    }
  }
}
