// Integration tests: each file starts real API servers of its own, so two at a time is what a small machine can bear.
const unit = require('../../package.json').jest;

module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/test/integration'],
  testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
  transform: unit.transform,
  maxWorkers: 2,
  testTimeout: 120_000,
};
