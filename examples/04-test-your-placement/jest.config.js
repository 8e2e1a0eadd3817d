module.exports = {
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: { target: 'es2022', esModuleInterop: true }, diagnostics: false }],
  },
  testTimeout: 30_000,
};
