// Tests of pages in a real browser, without a screen.
const unit = require('../../package.json').jest;

module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  transform: unit.transform,
  maxWorkers: 1,
  testTimeout: 120_000,
};
