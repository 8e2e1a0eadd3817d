import { h } from './dom';
import { findings } from './findings';
import { differingLines, manifestOf, yaml } from './manifest';
import type { Model, Row } from './model';
import { byCluster } from './placement-list';

/** The pane beside the matrix: a resource as a whole, or what one cluster gets of it. */
export class Detail {
  private row: Row | undefined;
  private cluster: number | undefined;
  private tab: 'changes' | 'manifest' = 'changes';
  private ownMarks = false;
  /** Of two outcomes the one that is shown. */
  private outcome = 0;

  constructor(
    private readonly pane: HTMLDialogElement,
    private readonly model: Model,
    private readonly closed: () => void,
  ) {
    pane.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.close();
    });
    pane.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  public get isOpen(): boolean {
    return this.pane.open;
  }

  public open(row: Row, cluster: number | undefined): void {
    this.row = row;
    this.cluster = cluster;
    this.outcome =
      cluster === undefined
        ? 0
        : Math.max(
            0,
            row.outcomes.findIndex((each) => each.has(cluster)),
          );
    this.draw();
    if (!this.pane.open) {
      // where there is no room beside the matrix, nothing else can be reached until it is closed
      if (matchMedia('(max-width: 1099px)').matches) this.pane.showModal();
      else this.pane.show();
      document.body.classList.add('with-detail');
    }
    this.pane.scrollTop = 0;
    this.pane.querySelector<HTMLElement>('h2')?.focus();
  }

  public close(): void {
    if (!this.pane.open) return;
    this.pane.close();
    document.body.classList.remove('with-detail');
    this.closed();
  }

  private draw(): void {
    const { row } = this;
    if (!row) return;
    const { resource } = row;
    const { data } = this.model;
    const facts: [string, string][] = [
      ['Policy', resource.policy === undefined ? '' : data.policies[resource.policy]],
      ['Affinity group', resource.affinity ?? ''],
      ['Goes where', (resource.follows ?? []).map((name) => `${name} goes`).join(', ')],
      ['Replicas', resource.replicas ? String(resource.replicas) : ''],
    ];
    const message = this.model.sentence(resource.message);
    this.pane.replaceChildren(
      h(
        'div',
        { class: 'title' },
        h(
          'div',
          {},
          h('p', { class: 'kind' }, `${resource.kind} · ${resource.apiVersion}`),
          h(
            'h2',
            { id: 'detail-title', tabindex: '-1' },
            [resource.namespace, resource.name].filter(Boolean).join('/'),
          ),
        ),
        h('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => this.close() }, '✕'),
      ),
      h(
        'dl',
        {},
        ...facts.filter(([, value]) => value).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
      ),
      message
        ? h(
            'p',
            { class: 'message', role: 'note' },
            resource.state === 'unscheduled' ? `✗ Not scheduled. ${message}` : `Not decided here: ${message}`,
          )
        : '',
      row.findings.length ? h('ul', { class: 'findings', 'aria-label': 'Findings' }, ...findings(row.findings)) : '',
      this.clusterChoice(row),
      ...(this.cluster === undefined
        ? byCluster(this.model, row, (cluster) => this.open(row, cluster))
        : this.onCluster(row, this.cluster)),
    );
  }

  private clusterChoice(row: Row): HTMLElement {
    const groups = [...this.model.regions].map(([region, members]) =>
      h(
        'optgroup',
        { label: region },
        ...members.map((member) =>
          h('option', { value: member, selected: member === this.cluster }, this.optionText(row, member)),
        ),
      ),
    );
    const all = h('option', { value: '', selected: this.cluster === undefined }, 'all clusters');
    const choose = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      this.cluster = value === '' ? undefined : Number(value);
      this.draw();
      this.pane.querySelector('select')?.focus();
    };
    return h('label', { class: 'choice' }, 'On ', h('select', { onchange: choose }, all, ...groups));
  }

  private optionText({ outcomes }: Row, cluster: number): string {
    const shares = outcomes
      .map((placement) => placement.get(cluster))
      .map((share) => (share === undefined ? '–' : share || '●'));
    const { name } = this.model.clusters[cluster];
    return shares.every((share) => share === '–') ? name : `${name}: ${[...new Set(shares)].join(' or ')}`;
  }

  private onCluster({ resource, outcomes }: Row, cluster: number): (Node | string)[] {
    const { name } = this.model.clusters[cluster];
    if (outcomes.every((placement) => !placement.has(cluster))) {
      const why = this.model.reason(resource, cluster);
      return [
        h('p', { class: 'why' }, h('b', {}, 'Not here. '), why ?? 'Why is not in this page: there was no room for it.'),
      ];
    }
    const { manifests } = resource;
    const parts: (Node | string)[] = [];
    if (outcomes.length > 1) parts.push(this.outcomeChoice(outcomes.length));
    const manifest = manifests && manifestOf(manifests, this.outcome, cluster, name);
    if (!manifests)
      return [
        ...parts,
        h(
          'p',
          { class: 'why' },
          'The manifest is not in this page. ',
          h('code', {}, this.model.data.noManifest),
          ' writes it.',
        ),
      ];
    if (!manifest) return [...parts, h('p', { class: 'why' }, 'In this outcome the cluster gets nothing.')];
    return [
      ...parts,
      this.tabs(),
      this.tab === 'changes' ? this.changes(manifests.template, manifest) : this.whole(manifest),
    ];
  }

  private outcomeChoice(length: number): HTMLElement {
    const options = Array.from({ length }, (_, at) =>
      h('option', { value: at, selected: at === this.outcome }, at ? 'the other outcome' : 'one outcome'),
    );
    const choose = (event: Event) => {
      this.outcome = Number((event.target as HTMLSelectElement).value);
      this.draw();
    };
    return h(
      'label',
      { class: 'choice' },
      'Karmada decides by the object’s UID: ',
      h('select', { onchange: choose }, ...options),
    );
  }

  private tabs(): HTMLElement {
    const tab = (id: 'changes' | 'manifest', text: string) => {
      const selected = this.tab === id;
      const choose = () => {
        this.tab = id;
        this.draw();
        this.pane.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
      };
      const key = ({ key }: KeyboardEvent) => {
        if (key === 'ArrowLeft' || key === 'ArrowRight')
          this.pane.querySelector<HTMLElement>('[role=tab][aria-selected=false]')?.click();
      };
      const attributes = {
        role: 'tab',
        id: `tab-${id}`,
        'aria-controls': 'tab-panel',
        'aria-selected': String(selected),
        tabindex: selected ? 0 : -1,
      };
      return h('button', { type: 'button', ...attributes, onclick: choose, onkeydown: key }, text);
    };
    return h(
      'div',
      { role: 'tablist', class: 'tabs', 'aria-label': 'Manifest' },
      tab('changes', 'Differs from the template'),
      tab('manifest', 'Manifest'),
    );
  }

  private changes(template: unknown, manifest: unknown): HTMLElement {
    const lines = differingLines(template, manifest, this.ownMarks);
    const toggle = () => {
      this.ownMarks = !this.ownMarks;
      this.draw();
      this.pane.querySelector<HTMLElement>('#own-marks')?.focus();
    };
    const classes: { readonly [first: string]: string } = { '+': 'added', '-': 'removed', '@': 'gap' };
    return h(
      'div',
      { role: 'tabpanel', id: 'tab-panel', 'aria-labelledby': 'tab-changes' },
      h(
        'label',
        { class: 'choice' },
        h('input', { type: 'checkbox', id: 'own-marks', checked: this.ownMarks, onchange: toggle }),
        ' with Karmada’s own labels and annotations',
      ),
      lines.length
        ? h(
            'pre',
            { class: 'lines', tabindex: 0, 'aria-label': 'Lines that differ' },
            ...lines.map((line) => h('span', { class: classes[line[0]] ?? '' }, line)),
          )
        : h('p', { class: 'why' }, 'As the template says.'),
    );
  }

  private whole(manifest: unknown): HTMLElement {
    const text = yaml(manifest);
    const copy = async (event: Event) => {
      const button = event.target as HTMLElement;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'The browser does not allow it';
      }
    };
    return h(
      'div',
      { role: 'tabpanel', id: 'tab-panel', 'aria-labelledby': 'tab-manifest' },
      h('button', { type: 'button', class: 'copy', onclick: copy }, 'Copy'),
      h('pre', { class: 'lines', tabindex: 0, 'aria-label': 'Manifest' }, text),
    );
  }
}
