/** The door to @peculiar/x509, which does not load without what `metadata` gives it. */
import './metadata';

export * from '@peculiar/x509';
