import { type Column, cellOf } from './cell';
import { count, h } from './dom';
import type { Row } from './model';

const ROW = 32;
/** Rows drawn above and below what is seen. */
const MARGIN = 8;

/** What a matrix tells its page. */
export interface MatrixEvents {
  /** What is said in a row in which nothing goes anywhere. */
  readonly why: (row: Row) => string;
  /** A cell was chosen; no column for the resource as a whole. */
  readonly open: (row: Row, column: Column | undefined) => void;
}

/** Workloads by clusters. Only rows that are seen are in the page, so ten thousand are as quick as ten. */
export class Matrix {
  private readonly body = h('div', { class: 'rows', role: 'rowgroup' });
  private readonly head = h('div', { class: 'head', role: 'rowgroup' });
  private rows: readonly Row[] = [];
  private columns: readonly Column[] = [];
  private readonly drawn = new Map<number, HTMLElement>();
  /** The cell that the keys move: row, and column from 0, the name. */
  private active = { row: 0, column: 0 };

  constructor(
    private readonly root: HTMLElement,
    private readonly events: MatrixEvents,
  ) {
    root.setAttribute('role', 'grid');
    root.setAttribute('aria-label', 'Workloads by clusters');
    root.append(this.head, this.body);
    root.addEventListener('scroll', () => this.draw(), { passive: true });
    root.addEventListener('keydown', (event) => this.key(event));
    this.body.addEventListener('click', (event) => this.click(event));
    new ResizeObserver(() => this.draw()).observe(root);
  }

  public show(rows: readonly Row[], columns: readonly Column[]): void {
    this.rows = rows;
    this.columns = columns;
    this.active = { row: 0, column: 0 };
    const wide = columns.length <= 12;
    this.root.classList.toggle('wide', wide);
    this.root.style.setProperty('--columns', String(columns.length));
    const longest = Math.max(...columns.map(({ name }) => name.length));
    this.root.style.setProperty('--longest', `${longest}ch`);
    this.root.setAttribute('aria-rowcount', String(rows.length + 2));
    this.root.setAttribute('aria-colcount', String(columns.length + 1));
    this.head.replaceChildren(this.regionRow(), this.nameRow());
    this.body.style.height = `${Math.max(rows.length, 1) * ROW}px`;
    this.root.scrollTop = 0;
    this.clear();
    this.draw();
  }

  /** Brings the cell that was chosen into what is seen. */
  public reveal(): void {
    this.draw();
    this.cell()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Gives the focus back to the cell that had it. */
  public focus(): void {
    this.move(this.active.row, this.active.column);
  }

  private regionRow(): HTMLElement {
    const groups: { name: string; at: number; size: number }[] = [];
    for (const [at, { region }] of this.columns.entries()) {
      const last = groups.at(-1);
      if (last?.name === region) last.size += 1;
      else groups.push({ name: region, at, size: 1 });
    }
    const cells = groups.map(({ name, at, size }) => {
      const attributes = { role: 'columnheader', 'aria-colindex': at + 2, 'aria-colspan': size, title: name };
      const cell = h('div', { class: 'region', ...attributes }, h('span', {}, name));
      cell.style.gridColumn = `span ${size}`;
      return cell;
    });
    const corner = h('div', { class: 'name', role: 'columnheader', 'aria-colindex': 1 }, 'Region');
    return h('div', { class: 'row regions', role: 'row', 'aria-rowindex': 1 }, corner, ...cells);
  }

  private nameRow(): HTMLElement {
    const cells = this.columns.map(({ name }, at) =>
      h('div', { class: 'cluster', role: 'columnheader', 'aria-colindex': at + 2, title: name }, h('span', {}, name)),
    );
    const corner = h(
      'div',
      { class: 'name', role: 'columnheader', 'aria-colindex': 1 },
      'Resource',
      h('b', {}, 'Replicas'),
    );
    return h('div', { class: 'row clusters', role: 'row', 'aria-rowindex': 2 }, corner, ...cells);
  }

  private clear(): void {
    this.drawn.clear();
    this.body.replaceChildren();
    if (!this.rows.length) {
      const cell = h('div', { class: 'none', role: 'gridcell' }, 'Nothing fits the search.');
      this.body.append(h('div', { role: 'row' }, cell));
    }
  }

  private draw(): void {
    if (!this.rows.length) return;
    const first = Math.max(0, Math.floor(this.root.scrollTop / ROW) - MARGIN);
    const last = Math.min(this.rows.length, first + Math.ceil(this.root.clientHeight / ROW) + 2 * MARGIN);
    for (const [at, element] of this.drawn) {
      if ((at >= first && at < last) || at === this.active.row) continue;
      element.remove();
      this.drawn.delete(at);
    }
    for (let at = first; at < last; at += 1) this.drawRow(at);
    this.drawRow(this.active.row);
  }

  private drawRow(at: number): void {
    if (this.drawn.has(at)) return;
    const row = this.rows[at];
    const { kind, namespace, name, state, replicas } = row.resource;
    const index = (column: number) => ({
      'aria-colindex': column + 1,
      'data-column': column,
      tabindex: this.tabindex(at, column),
    });
    const failed = state === 'unscheduled';
    const label = [
      row.text,
      ...(replicas ? [count(replicas, 'replica')] : []),
      ...(WORDS[state] ? [WORDS[state]] : []),
    ].join(', ');
    const head = h(
      'div',
      { class: 'name', role: 'rowheader', title: row.text, 'aria-label': label, ...index(0) },
      h('span', { class: 'kind' }, kind),
      h('span', { class: 'text' }, namespace ? h('span', { class: 'namespace' }, `${namespace}/`) : '', name),
      BADGES[state] ? h('span', { class: `badge ${state}` }, BADGES[state]) : '',
      h('b', {}, replicas ? String(replicas) : ''),
    );
    const cells = this.columns.map((column, position) => {
      const { text, label, marks, part } = cellOf(row, column);
      const attributes = {
        role: 'gridcell',
        'aria-label': label,
        class: ['cell', ...(text ? ['there'] : []), ...marks].join(' '),
      };
      const cell = h('div', { ...attributes, ...index(position + 1) }, text);
      if (part) cell.style.setProperty('--part', part.toFixed(2));
      return cell;
    });
    const element = h(
      'div',
      { class: failed ? 'row failed' : 'row', role: 'row', 'aria-rowindex': at + 3, 'data-row': at },
      head,
      ...cells,
    );
    const why = this.events.why(row);
    // said in words by the pane: here for the eye only
    if (why) element.append(h('span', { class: 'why-not', 'aria-hidden': 'true' }, why));
    element.style.top = `${at * ROW}px`;
    this.drawn.set(at, element);
    this.place(element, at);
  }

  /** In the order of rows, for who reads the page from its start to its end. */
  private place(element: HTMLElement, at: number): void {
    const after = [...this.body.children].find((other) => Number((other as HTMLElement).dataset.row) > at);
    this.body.insertBefore(element, after ?? null);
  }

  private tabindex(row: number, column: number): number {
    return row === this.active.row && column === this.active.column ? 0 : -1;
  }

  private click(event: MouseEvent): void {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    if (!cell) return;
    this.move(Number((cell.parentElement as HTMLElement).dataset.row), Number(cell.dataset.column));
    this.open();
  }

  private open(): void {
    const { row, column } = this.active;
    this.events.open(this.rows[row], column ? this.columns[column - 1] : undefined);
  }

  private key(event: KeyboardEvent): void {
    if (!this.rows.length || event.altKey || event.metaKey) return;
    const { row, column } = this.active;
    const page = Math.max(1, Math.floor(this.root.clientHeight / ROW) - 5);
    const end = this.rows.length - 1;
    const moves: { readonly [key: string]: () => void } = {
      ArrowDown: () => this.move(row + 1, column),
      ArrowUp: () => this.move(row - 1, column),
      ArrowRight: () => this.move(row, column + 1),
      ArrowLeft: () => this.move(row, column - 1),
      PageDown: () => this.move(row + page, column),
      PageUp: () => this.move(row - page, column),
      Home: () => this.move(event.ctrlKey ? 0 : row, 0),
      End: () => this.move(event.ctrlKey ? end : row, this.columns.length),
      Enter: () => this.open(),
      ' ': () => this.open(),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  private move(row: number, column: number): void {
    this.cell()?.setAttribute('tabindex', '-1');
    this.active = {
      row: Math.max(0, Math.min(this.rows.length - 1, row)),
      column: Math.max(0, Math.min(this.columns.length, column)),
    };
    const top = this.active.row * ROW;
    const height = this.root.clientHeight - this.head.offsetHeight;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top + ROW > this.root.scrollTop + height) this.root.scrollTop = top + ROW - height;
    this.draw();
    const cell = this.cell();
    cell?.setAttribute('tabindex', '0');
    cell?.focus({ preventScroll: this.active.column === 0 });
  }

  private cell(): HTMLElement | null | undefined {
    return this.drawn.get(this.active.row)?.querySelector<HTMLElement>(`[data-column="${this.active.column}"]`);
  }
}

const WORDS: { readonly [state: string]: string } = {
  unscheduled: 'not scheduled',
  undecided: 'not decided here',
  unclaimed: 'claimed by no policy',
};

const BADGES: { readonly [state: string]: string } = {
  unscheduled: '✗',
  undecided: 'not decided',
  unclaimed: 'no policy',
};
