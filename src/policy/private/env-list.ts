import type { Container } from './containers';

/**
 * The environment variables of one container while the overrides of one rule are applied to it in turn: each becomes a JSON
 * patch with the index that is right at that moment. Karmada applies them in this order (pkg/util/overridemanager at v1.18.2).
 */
export class EnvList {
  /** Whether it takes something out, so that what stands behind moves up. */
  public removes = false;
  /** Whether it uses an index of the template. */
  public usesIndex = false;

  private readonly names: string[];
  private readonly created: { name: string; value: string }[] = [];
  private readonly operations: any[] = [];

  /**
   * @param container the container of the template
   * @param missing whether there is no list yet; an empty one is not stored by any API server
   */
  constructor(
    public readonly container: Container,
    private readonly missing: boolean,
  ) {
    this.names = (container.env ?? []).map(({ name }) => name);
  }

  /** Names of the variables, as far as the rule got. */
  public get known(): string[] {
    return [...this.names];
  }

  public set(name: string, value: string): void {
    const index = this.names.lastIndexOf(name);
    const entry = { name, value };
    if (this.missing) {
      this.created.splice(index < 0 ? this.created.length : index, index < 0 ? 0 : 1, entry);
    } else if (index < 0) {
      this.operations.push({ path: `${this.path}/-`, operator: 'add', value: entry });
    } else {
      // the whole entry, for it may have had its value from elsewhere
      this.operations.push({ path: `${this.path}/${index}`, operator: 'replace', value: entry });
      this.usesIndex ||= index < (this.container.env?.length ?? 0);
    }
    if (index < 0) this.names.push(name);
  }

  /** Takes out every entry of the name; false when there is none. */
  public remove(name: string): boolean {
    const before = this.names.length;
    for (let index = this.names.lastIndexOf(name); index >= 0; index = this.names.lastIndexOf(name)) {
      this.names.splice(index, 1);
      if (this.missing) {
        this.created.splice(index, 1);
      } else {
        this.operations.push({ path: `${this.path}/${index}`, operator: 'remove' });
        this.removes = true;
        this.usesIndex = true;
      }
    }
    return this.names.length < before;
  }

  /** Whether it makes the list. */
  public get creates(): boolean {
    return this.missing && this.created.length > 0;
  }

  public toKarmada(): any[] {
    return this.creates ? [{ path: this.path, operator: 'add', value: this.created }] : this.operations;
  }

  private get path(): string {
    return `${this.container.pointer}/env`;
  }
}
