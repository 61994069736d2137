export { EntityTag } from './entity-tag';
export * from './expected-version';
export * from './update-versioned';
