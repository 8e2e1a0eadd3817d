// `npm run test:soak`: the long tests in full, of which `npm test` runs a sample: every kill, every pair of runs at once.
import { ensureInstalled, show } from './install.mjs';
import { ensureBinaries } from './testbed/binaries.mjs';

ensureInstalled();
await ensureBinaries((line) => console.log(line));
const config = ['--config', 'test/integration/jest.config.js'];
process.exitCode = show(process.execPath, ['node_modules/jest/bin/jest.js', '--ci', '--verbose', ...config, 'faults'], {
  env: { ...process.env, SOAK: '1' },
});
