import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, YamlOutputType } from 'cdk8s';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { anInstance } from './fake-instance';

const settings = (chart: MulticloudChart, id: string, namespace: string, name = 'settings') =>
  new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });

/** An app that writes in this way, and what it says. */
function written(yamlOutputType: YamlOutputType, fill: (shop: MulticloudChart, office: MulticloudChart) => void) {
  const outdir = mkdtempSync(join(tmpdir(), 'one-file-'));
  try {
    const app = new App({ outdir, yamlOutputType });
    const instance = anInstance();
    fill(new MulticloudChart(app, 'Shop', { instance }), new MulticloudChart(app, 'Office', { instance }));
    let said = '';
    try {
      app.synth();
    } catch (error) {
      said = (error as Error).message;
    }
    return { said, files: readdirSync(outdir, { recursive: true }).length };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const { FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE, FILE_PER_CHART } = YamlOutputType;

test('F6 two objects that cdk8s would write into one file, of which one would be lost, fail synth', () => {
  const { said, files } = written(FILE_PER_RESOURCE, (shop, office) => {
    settings(shop, 'Here', 'a');
    settings(office, 'There', 'b');
  });
  expect(said).toContain(
    `cdk8s would write 2 objects into one file, "ConfigMap.settings.k8s.yaml", of which only the last is left
    at Shop/Here and Office/There
    fix: leave yamlOutputType of the App out, so that each chart is one file, or give the objects different names`,
  );
  expect(files).toBe(0);
});

test('a folder for each chart keeps charts apart, and not two namespaces of one', () => {
  const apart = written(FOLDER_PER_CHART_FILE_PER_RESOURCE, (shop, office) => {
    settings(shop, 'Here', 'a');
    settings(office, 'There', 'b');
  });
  expect(apart.said).toBe('');
  const together = written(FOLDER_PER_CHART_FILE_PER_RESOURCE, (shop) => {
    settings(shop, 'Here', 'a');
    settings(shop, 'There', 'b');
  });
  expect(together.said).toContain('"Shop/ConfigMap.settings.k8s.yaml"');
});

test('what several charts share, and what has a name of its own, is fine; so is one file for each chart', () => {
  const fine = written(FILE_PER_RESOURCE, (shop, office) => {
    settings(shop, 'Here', 'a');
    settings(office, 'There', 'b', 'others');
  });
  expect(fine.said).toBe('');
  const usual = written(FILE_PER_CHART, (shop, office) => {
    settings(shop, 'Here', 'a');
    settings(office, 'There', 'b');
  });
  expect(usual.said).toBe('');
});
