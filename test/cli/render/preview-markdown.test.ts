import { dirname, join } from 'node:path';
import { previewMarkdown } from '../../../cli/render/preview-markdown';
import type { PreviewedResource } from '../../../cli/render/preview-report';
import { FindingLevel } from '../../../src/core/finding';
import { FAILOVER } from './failover-sample';
import { PLACED, reportOf, resource, UNTOUCHED, viewOf, web } from './preview-sample';

// its other form is a module that Node 20 cannot require
const { lexer } = require(join(dirname(require.resolve('marked/package.json')), 'lib/marked.umd.js'));

const OTHER = 'cluster(s) did not match the placement cluster affinity constraint';

test('totals first, then what needs a look, the rest folded', () => {
  const nowhere: PreviewedResource = {
    ...PLACED,
    resource: { ...resource, name: 'api' },
    scheduled: false,
    reason: 'NoClusterFit',
    message: '0/3 clusters are available.',
    outcomes: [],
  };
  const finding = {
    ...{ code: 'MC041', level: FindingLevel.WARNING, path: 'spec.placement' },
    ...{ message: 'matches no cluster', fix: 'correct the labels', resource },
  };
  const report = reportOf([PLACED, nowhere], { findings: [finding, { ...finding, acknowledged: 'a lab' }] });
  const view = viewOf(report, { whyNot: () => OTHER }, reportOf([UNTOUCHED, nowhere]));
  expect(previewMarkdown(view)).toBe(`<!-- cdk8s-karmada preview -->
### Karmada preview

**2 resources: 1 scheduled, 1 unschedulable, 9 replicas on 2 of 3 clusters, 2 findings**

Other people's policies and overrides take part, as given with --existing.

#### ✗ Not scheduled (1)

| resource | why |
| --- | --- |
| <code>Deployment/shop/api</code> | NoClusterFit: 0/3 clusters are available. |

#### Findings: 1 warning

- **warning MC041** matches no cluster<br>at <code>spec.placement</code> of <code>Deployment/shop/web</code><br>fix: correct the labels

<details><summary>Clusters (3)</summary>

| cluster | resources | replicas |
| --- | --- | --- |
| <code>member1</code> | 1 | 3 |
| <code>member2</code> | 1 | 6 |
| <code>member3</code> | 0 | 0 |

</details>

<details><summary>Where things go (1)</summary>

| resource | replicas | clusters | policy |
| --- | --- | --- | --- |
| <code>Deployment/shop/web</code> | 9 | <code>member1</code> 3, <code>member2</code> 6 | <code>PropagationPolicy/shop/web</code> |

</details>

<details><summary>Acknowledged findings (1)</summary>

- **acknowledged MC041** matches no cluster<br>at <code>spec.placement</code> of <code>Deployment/shop/web</code><br>reason: a lab

</details>

<details><summary><code>Deployment/shop/web</code>: 9 replicas, 2 of 3 clusters</summary>

| cluster | replicas | image | overridden |
| --- | --- | --- | --- |
| <code>member1</code> | 3 | <code>nginx:1</code> |  |
| <code>member2</code> | 6 | <code>mirror.eu/nginx:1</code> | metadata.labels.tier: gold<br>image of web |

- not on <code>member3</code>: ${OTHER}

</details>
<details><summary><code>Deployment/shop/api</code>: ✗ not scheduled, 9 replicas, 0 of 3 clusters</summary>

- not on <code>member1</code>, <code>member2</code>, <code>member3</code>: ${OTHER}

</details>
`);
});

test('many findings are folded, errors first', () => {
  const of = (level: FindingLevel, code: string) => ({ code, level, path: '', message: 'it is late', fix: '' });
  const warnings = Array.from({ length: 8 }, () => of(FindingLevel.WARNING, 'MC001'));
  const shown = (findings: any[]) => previewMarkdown(viewOf(reportOf([PLACED], { findings })));
  expect(shown(warnings)).toContain('#### Findings: 8 warnings\n\n- **warning MC001** it is late\n');
  expect(shown([...warnings, of(FindingLevel.ERROR, 'MC002')])).toContain(
    '<details><summary>Findings: 1 error, 8 warnings</summary>\n\n- **error MC002** it is late\n- **warning',
  );
});

test('both outcomes of a tie', () => {
  const outcome = (first: number, second: number) => ({
    clusters: [
      { name: 'member1', replicas: first },
      { name: 'member2', replicas: second },
    ],
    rendered: { member1: [web('nginx:1', first)], member2: [web('nginx:1', second)] },
  });
  const text = previewMarkdown(viewOf(reportOf([{ ...PLACED, outcomes: [outcome(4, 5), outcome(5, 4)] }])));
  expect(text).toContain(
    '| <code>member1</code> 4, <code>member2</code> 5<br>or, by its UID: <code>member1</code> 5, <code>member2</code> 4 |',
  );
  expect(text).toContain('| cluster | either | or | image | overridden |');
  expect(text).toContain('| <code>member1</code> | 4 | 5 | <code>nginx:1</code> |  |');
});

test('text of others is no markup, breaks no table and calls nobody', () => {
  const evil = { ...resource, name: '<script>|`x`\n\n# hi @all' };
  const nowhere = { ...PLACED, resource: evil, scheduled: false, outcomes: [], reason: null };
  const message = '</details> | **bold** [link](https://example.invalid) @team #1 \\ $x$\n| a | b |';
  const text = previewMarkdown(viewOf(reportOf([{ ...nowhere, message }])));
  expect(text).toContain(
    '| <code>Deployment/shop/&lt;script&gt;&#124;&#96;x&#96; &#35; hi @all</code> | &lt;/details&gt; &#124; &#42;&#42;bold&#42;&#42; &#91;link&#93;(https://example.invalid) &#64;&#8203;team &#35;1 &#92; &#36;x&#36; &#124; a &#124; b &#124; |\n',
  );
  expect(text).not.toMatch(/<script|[^>]@(all|team)\b(?!<\/code>)/);
});

test('a reader of Markdown sees the tables as they are meant', () => {
  const names = ['a|b', '`', '**', '[x](y)', '\\\\|', '~~', '_a_'];
  const nowhere = names.map((name) => ({
    ...PLACED,
    ...{
      resource: { ...resource, name },
      scheduled: false,
      outcomes: [],
      reason: null,
      message: `${name} fits nowhere`,
    },
  }));
  const tokens = lexer(previewMarkdown(viewOf(reportOf(nowhere))));
  const table = tokens.find((token: any) => token.type === 'table') as any;
  expect(table.rows).toHaveLength(names.length);
  for (const row of table.rows) {
    expect(row).toHaveLength(2);
    const kinds = row.flatMap((cell: any) => cell.tokens).map(({ type }: any) => type);
    expect(kinds.filter((type: string) => !['text', 'html', 'escape'].includes(type))).toEqual([]);
  }
});

test('a value of a Secret that an override changes is not shown', () => {
  const secret = (password: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: {}, data: { password } });
  const of = (password: string): PreviewedResource => ({
    ...PLACED,
    outcomes: [{ clusters: [{ name: 'member1' }], rendered: { member1: [secret(password)] } }],
  });
  const text = previewMarkdown(viewOf(reportOf([of('c2VjcmV0')]), {}, reportOf([of('b2xk')])));
  expect(text).toContain('| <code>member1</code> | yes |  | data.password (value not shown) |');
  expect(text).not.toMatch(/c2VjcmV0|b2xk/);
});

describe('it fits into a comment, and says what it left out', () => {
  const many = (length: number, of: (index: number) => PreviewedResource) => Array.from({ length }, (_, i) => of(i));
  const named = (index: number) => ({ ...resource, name: `web-${index}` });

  test('many resources', () => {
    const text = previewMarkdown(viewOf(reportOf(many(3000, (index) => ({ ...PLACED, resource: named(index) })))));
    expect(text.length).toBeLessThan(65_536);
    expect(text.length).toBeGreaterThan(55_000);
    expect(text.split('\n').at(-2)).toMatch(
      /^Left out, since a comment holds no more: \d+ of 3000 resources in the table of where they go; \d+ of 3000 resources cluster by cluster\. `cdk8s-karmada preview -o html` shows it\.$/,
    );
  });

  test('everything is much and long', () => {
    const long = '|'.repeat(100_000);
    const clusters = many(500, () => PLACED).map((_, i) => `cluster-${i}-${'|'.repeat(200)}`);
    const everywhere = { clusters: clusters.map((name) => ({ name, replicas: 1 })), rendered: {} };
    const resources = many(300, (index) => ({
      ...{ ...PLACED, resource: { ...named(index), namespace: long } },
      ...(index % 2 ? { scheduled: false, reason: long, message: long, outcomes: [] } : { outcomes: [everywhere] }),
    }));
    const finding = { code: 'MC001', level: FindingLevel.ERROR, path: long, message: long, fix: long };
    const rest = {
      findings: many(99, () => PLACED).map(() => finding),
      unsupported: resources.map(({ resource }) => ({ resource, what: long })),
    };
    const text = previewMarkdown(viewOf(reportOf(resources, rest), { clusters, whyNot: () => long }));
    expect(text.length).toBeLessThan(65_536);
    expect(text.split('\n').at(-2)).toMatch(/^Left out, since a comment holds no more: .*shows it\.$/);
    expect(text.split('<details>').length).toBe(text.split('</details>').length);
  });

  test('little is not cut', () => {
    expect(previewMarkdown(viewOf(reportOf([PLACED])))).not.toContain('Left out');
  });
});

test('a time line that was asked for: folded, in the words of the text', () => {
  const markdown = previewMarkdown(viewOf(reportOf([PLACED], { failover: FAILOVER })));
  expect(markdown).toContain(`
<details><summary>Failover of <code>Deployment/shop/web</code></summary>

If member1 (3 replicas) is lost: **it goes to member2 +3 after 1 min 54 s at the latest**

| at the latest | what |
| --- | --- |
| 42 s | a probe of the cluster fails<br>every 10 s |
| 1 min 54 s | it is &lt;b&gt;evicted&lt;/b&gt;<br>taint a&#124;b |

If any of member2 (6 replicas), member3 (1 replica) is lost: **it stays there, and does not run until the cluster is back**

| at the latest | what |
| --- | --- |
| 42 s | a probe of the cluster fails<br>every 10 s |


</details>
`);
  const kinds = lexer(markdown).map(({ type }: { type: string }) => type);
  expect(kinds.filter((type: string) => type === 'table')).toHaveLength(5);
});
