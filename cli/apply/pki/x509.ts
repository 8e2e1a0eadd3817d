/** The door to @peculiar/x509, whose dependency injection asks `Reflect` for metadata as soon as it is loaded. */
import 'reflect-metadata';

export * from '@peculiar/x509';
