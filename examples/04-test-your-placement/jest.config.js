module.exports = {
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '../tsconfig.json', diagnostics: false }] },
  testTimeout: 30_000,
};
