// Integration tests: each starts real API servers, so they run one after another and may take their time.
const unit = require('../../package.json').jest;

module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/test/integration'],
  testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
  transform: unit.transform,
  maxWorkers: 1,
  testTimeout: 120_000,
};
