import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { deployment, fleet, override, policy } from '../cli/commands/manifests';
import { cdk8sKarmada } from '../cli/commands/terminal';
import { TestBrowser } from './browser';

const EVIL = '<img src=x onerror=alert(1)>';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const clusters = fleet('member1', 'member2', 'member3');
clusters.items.forEach((cluster: any, at: number) => {
  cluster.spec = { ...cluster.spec, region: at ? 'us' : 'eu', provider: at ? 'aws' : 'gcp' };
});
const tie = policy('api', { member1: 1, member2: 1 });
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db', namespace: 'shop' },
  data: { password: 'c2VjcmV0' },
};
const marked = deployment('web', 9);
marked.metadata.annotations = { note: EVIL };
const FILES = {
  'dist/shop.k8s.json': [
    ...[marked, policy('web', { member1: 1, member2: 2 }), override('web', 'member2', 'mirror.eu')],
    ...[
      deployment('api', 3),
      tie,
      deployment('lost', 1),
      policy('lost', { nowhere: 1 }),
      secret,
      deployment('free', 2),
    ],
  ],
  'fleet.yaml': clusters,
  'cdk8s.yaml': 'language: typescript\n',
};

/** Many workloads in one policy; their names are `web-0` and so on. */
function many(workloads: number, members: number): any {
  const everything = policy('web', Object.fromEntries(Array.from({ length: members }, (_, i) => [`member${i}`, 1])));
  everything.spec.resourceSelectors = [{ apiVersion: 'apps/v1', kind: 'Deployment' }];
  return {
    ...FILES,
    'dist/shop.k8s.json': [...Array.from({ length: workloads }, (_, i) => deployment(`web-${i}`, members)), everything],
    'fleet.yaml': fleet(...Array.from({ length: members }, (_, i) => `member${i}`)),
  };
}

async function html(files: any = FILES, flags = ''): Promise<string> {
  return (await cdk8sKarmada(`preview --fleet fleet.yaml -o html ${flags}`.trim(), { files })).stdout;
}

const browser = new TestBrowser();
let shop: string;

beforeAll(async () => {
  await browser.start();
  shop = await html();
});
afterAll(() => browser.stop());

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = (globalThis as any).document;
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent;
  });
const rows = (page: Page) =>
  page.locator('[role=rowheader]').evaluateAll((all) => all.map((each) => each.getAttribute('title')));
const background = (page: Page) =>
  page.evaluate(() => (globalThis as any).getComputedStyle((globalThis as any).document.body).backgroundColor);

/** What the accessibility check finds wrong. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => (globalThis as any).axe.run());
  return violations.flatMap(({ id, nodes }: any) => nodes.map(({ html }: any) => `${id}: ${html}`));
}

test('it draws itself without any request, and nothing of the input runs', async () => {
  const { page, troubles, asked } = await browser.open(shop);
  expect(await rows(page)).toEqual([
    'Deployment/shop/lost',
    'Deployment/shop/web',
    'Deployment/shop/api',
    'Secret/shop/db',
    'Deployment/shop/free',
  ]);
  await page.getByRole('gridcell', { name: 'member1: 3 replicas', exact: true }).click();
  await page.getByRole('tab', { name: 'Manifest' }).click();
  await expect(page.locator('.detail pre').textContent()).resolves.toContain(EVIL);
  expect(await page.locator('img').count()).toBe(0);
  expect(troubles).toEqual([]);
  expect(asked.filter((address) => !/^(file|data):/.test(address))).toEqual([]);
  await expect(page.evaluate(() => (globalThis as any).fetch('http://127.0.0.1:1/'))).rejects.toThrow();
  expect(troubles.join()).toContain('Content Security Policy');
});

test('the fleet by region; a click on a cluster shows what is on it', async () => {
  const { page } = await browser.open(shop);
  await expect(page.locator('.card').allInnerTexts()).resolves.toEqual([
    expect.stringMatching(/^eu\s+gcp · 1 cluster · \d replicas/),
    expect.stringMatching(/^us\s+aws · 2 clusters · \d replicas/),
  ]);
  await page.getByRole('button', { name: /^member2 / }).click();
  expect(await rows(page)).toEqual(['Deployment/shop/web', 'Deployment/shop/api']);
});

test('what nothing takes says why in its row; what is found is said below', async () => {
  const { page } = await browser.open(shop);
  await expect(page.locator('.row.failed .why-not').innerText()).resolves.toMatch(
    /^NoClusterFit: 0\/3 clusters are available/,
  );
  const { length } = await page.locator('#finding-list .finding').all();
  await expect(page.getByRole('link', { name: /findings/ }).innerText()).resolves.toMatch(
    new RegExp(`^${length}\\s+findings$`),
  );
});

test('search and filter, and how many are left is said', async () => {
  const { page } = await browser.open(shop);
  await page.keyboard.press('/');
  await page.keyboard.type('WEB mirror');
  expect(await rows(page)).toEqual([]);
  await page.getByLabel('Search').fill('web deployment');
  expect(await rows(page)).toEqual(['Deployment/shop/web']);
  await expect(page.getByRole('status').textContent()).resolves.toBe('1 of 5 resources');
  await page.getByLabel('Search').fill('');
  await page.getByRole('button', { name: '1 not scheduled' }).click();
  expect(await rows(page)).toEqual(['Deployment/shop/lost']);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('overridden');
  expect(await rows(page)).toEqual(['Deployment/shop/web']);
});

describe('a click shows', () => {
  test('what a cluster gets, and how it differs from the template', async () => {
    const { page } = await browser.open(shop);
    await page.getByRole('gridcell', { name: 'member2: 6 replicas, overridden' }).click();
    const pane = page.getByRole('dialog', { name: 'shop/web' });
    const lines = await pane.locator('pre').innerText();
    expect(lines).toContain('-  replicas: 9\n+  replicas: 6\n');
    expect(lines).toMatch(/^- +image: nginx:1\n\+ +image: mirror\.eu\/nginx:1$/m);
    expect(lines).not.toContain('karmada.io');
    await pane.getByLabel('with Karmada’s own labels and annotations').check();
    await expect(pane.locator('pre').innerText()).resolves.toContain(
      '+    work.karmada.io/namespace: karmada-es-member2',
    );
    await pane.getByRole('tab', { name: 'Manifest' }).click();
    await expect(pane.locator('pre').innerText()).resolves.toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/);
  });

  test('what was found about it', async () => {
    const { page } = await browser.open(shop);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('found');
    expect(await rows(page)).toContain('Secret/shop/db');
    await page.getByRole('rowheader', { name: /shop\/db/ }).click();
    await expect(page.getByRole('dialog').getByRole('list', { name: 'Findings' }).innerText()).resolves.toContain(
      'MC062',
    );
  });

  test('why a cluster gets nothing', async () => {
    const { page } = await browser.open(shop);
    await page
      .getByRole('row', { name: /shop\/web/ })
      .getByRole('gridcell', { name: 'member3: nothing' })
      .click();
    await expect(page.locator('.detail .why').innerText()).resolves.toBe(
      'Not here. cluster(s) did not match the placement cluster affinity constraint',
    );
  });

  test('a resource as a whole, and from there each cluster', async () => {
    const { page } = await browser.open(shop);
    await page.getByRole('rowheader', { name: /shop\/web/ }).click();
    const pane = page.getByRole('dialog');
    await expect(pane.locator('tbody tr').allInnerTexts()).resolves.toEqual([
      expect.stringMatching(/^member1\s+eu\s+3/),
      expect.stringMatching(/^member2\s+us\s+6\s+overridden/),
    ]);
    await pane.getByRole('button', { name: 'member1' }).click();
    await expect(pane.getByRole('combobox', { name: 'On' }).inputValue()).resolves.toBe('0');
  });

  test('both outcomes of a tie', async () => {
    const { page } = await browser.open(shop);
    await page.getByRole('gridcell', { name: /^member1: (1\/2|2\/1) replicas, one or the other$/ }).click();
    const pane = page.getByRole('dialog');
    const one = await pane.locator('pre').innerText();
    await pane.getByLabel(/decides by the object’s UID/).selectOption('1');
    expect(await pane.locator('pre').innerText()).not.toBe(one);
  });

  test('no value of a Secret', async () => {
    expect(shop).not.toContain('c2VjcmV0');
  });
});

describe('with the keyboard alone', () => {
  test('the matrix is one stop, arrows move in it, Enter opens, Escape gives the focus back', async () => {
    const { page } = await browser.open(shop);
    await page.getByLabel('Columns').focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Deployment/shop/lost, 1 replica, not scheduled');
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await focused(page)).toBe('member2: 6 replicas, overridden');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('shop/web');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('member2: 6 replicas, overridden');
    await page.keyboard.press('Control+End');
    expect(await focused(page)).toBe('member3: nothing');
    await page.keyboard.press('Control+Home');
    expect(await focused(page)).toBe('Deployment/shop/lost, 1 replica, not scheduled');
  });

  test('tabs of the manifest', async () => {
    const { page } = await browser.open(shop);
    await page.getByRole('gridcell', { name: 'member1: 3 replicas', exact: true }).click();
    await page.getByRole('tab', { name: 'Differs from the template' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('Manifest');
    await expect(page.locator('.detail pre').innerText()).resolves.toMatch(/^apiVersion/);
  });
});

describe('the time line of a workload', () => {
  // a cluster that pulls is missed in another way than one that is pushed to
  const items = clusters.items.map((each: any, at: number) => ({
    ...each,
    spec: { ...each.spec, syncMode: at ? 'Push' : 'Pull' },
  }));
  let page: Page;
  let troubles: readonly string[];
  beforeEach(async () => {
    ({ page, troubles } = await browser.open(
      await html({ ...FILES, 'fleet.yaml': { ...clusters, items } }, '--failover Deployment/shop/web'),
    ));
  });

  test('is a part of its own, step by step', async () => {
    const part = page.getByRole('region', { name: 'Failover of Deployment/shop/web' });
    await expect(part.locator('summary').allInnerTexts()).resolves.toEqual([
      'If member1 (3 replicas) is lost: it stays there, and does not run until the cluster is back',
      'If member2 (6 replicas) is lost: it stays there, and does not run until the cluster is back',
    ]);
    const heads = await Promise.all(
      (await part.locator('table').all()).map((way) => way.locator('th').allInnerTexts()),
    );
    expect(heads).toEqual([
      ['At the latest', 'What', expect.any(String), '50 s'],
      ['At the latest', 'What', '42 s', '1 min 54 s', '1 min 54 s'],
    ]);
    expect(troubles).toEqual([]);
  });

  test('is reached and folded with the keyboard alone', async () => {
    const summary = page.locator('#failover summary').first();
    const table = page.locator('#failover table').first();
    await page.getByRole('button', { name: 'Print' }).focus();
    const isThere = () => summary.evaluate((each) => each === (globalThis as any).document.activeElement);
    for (let stops = 0; stops < 12 && !(await isThere()); stops += 1) await page.keyboard.press('Tab');
    expect(await isThere()).toBe(true);
    expect(await table.isVisible()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await table.isVisible()).toBe(false);
  });

  test('is whole on paper', async () => {
    await page.locator('#failover summary').first().click();
    await page.evaluate(() => (globalThis as any).dispatchEvent(new (globalThis as any).Event('beforeprint')));
    expect(await page.locator('#failover table').first().isVisible()).toBe(true);
  });

  test('has no fault of accessibility, light or dark, narrow or wide', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1400, 400]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await faults(page)).toEqual([]);
      }
    }
  });

  test('is not there when nobody asked for it', async () => {
    const { page: other } = await browser.open(shop);
    expect(await other.locator('#failover').count()).toBe(0);
  });
});

describe('light and dark', () => {
  test('as the system says, until the reader says otherwise', async () => {
    const { page } = await browser.open(shop, { colorScheme: 'dark' });
    expect(await background(page)).toBe('rgb(15, 18, 22)');
    const toggle = page.getByRole('button', { name: 'Dark' });
    await expect(toggle.getAttribute('aria-pressed')).resolves.toBe('true');
    await toggle.click();
    expect(await background(page)).toBe('rgb(246, 247, 249)');
    await page.reload();
    expect(await background(page)).toBe('rgb(246, 247, 249)');
  });

  test.each(['light', 'dark'] as const)('%s has no fault of accessibility, narrow or wide', async (colorScheme) => {
    for (const width of [1400, 400]) {
      const { page } = await browser.open(shop, { colorScheme, viewport: { width, height: 900 } });
      expect(await faults(page)).toEqual([]);
      await page.getByRole('gridcell', { name: 'member2: 6 replicas, overridden' }).click();
      expect(await faults(page)).toEqual([]);
      await page.getByRole('tab', { name: 'Manifest' }).click();
      expect(await faults(page)).toEqual([]);
    }
  });
});

test('on paper every resource has a line', async () => {
  const { page } = await browser.open(shop);
  await page.emulateMedia({ media: 'print' });
  await page.pdf();
  await page.evaluate(() => (globalThis as any).dispatchEvent(new (globalThis as any).Event('beforeprint')));
  await expect(page.locator('#printed tbody tr').allInnerTexts()).resolves.toEqual([
    expect.stringMatching(/^Deployment\/shop\/lost\s+1\s+✗ not scheduled: NoClusterFit: 0\/3 clusters are available/),
    expect.stringMatching(/^Deployment\/shop\/web\s+9\s+member1 3, member2 6$/),
    expect.stringMatching(/^Deployment\/shop\/api\s+3\s+member1 \d, member2 \d or member1 \d, member2 \d$/),
    expect.stringMatching(/^Secret\/shop\/db\s+claimed by no policy$/),
    expect.stringMatching(/^Deployment\/shop\/free\s+2\s+claimed by no policy$/),
  ]);
  expect(await page.locator('#grid').isVisible()).toBe(false);
});

describe('2,000 workloads on 100 clusters', () => {
  let large: string;
  beforeAll(async () => {
    large = await html(many(2_000, 100));
  });

  test('are drawn at once, by region; only rows that are seen are there', async () => {
    const { page } = await browser.open(large);
    expect(await page.locator('[role=row]').count()).toBeLessThan(80);
    await expect(page.getByLabel('Columns').inputValue()).resolves.toBe('regions');
    await page.getByLabel('Columns').selectOption('clusters');
    await page.getByRole('rowheader').first().click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+End');
    expect(await focused(page)).toMatch(/^member\d+: 1 replica$/);
    expect(await rows(page)).toContain('Deployment/shop/web-1999');
    expect(await page.locator('[role=row]').count()).toBeLessThan(120);
    await page.getByLabel('Search').fill('web-777');
    expect(await rows(page)).toEqual(['Deployment/shop/web-777']);
  });

  test('say that manifests are not there, and how to get one', async () => {
    const { page } = await browser.open(large);
    await expect(page.getByLabel('Notes').innerText()).resolves.toContain('more than 1000 resources are not rendered');
    await page.getByLabel('Columns').selectOption('clusters');
    await page.getByRole('gridcell', { name: 'member0: 1 replica' }).first().click();
    await expect(page.locator('.detail .why').innerText()).resolves.toBe(
      'The manifest is not in this page. cdk8s-karmada preview -o json --render all writes it.',
    );
  });
});
