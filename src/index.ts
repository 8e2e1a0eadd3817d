export * from './core/finding';
