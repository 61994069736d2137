export { ConfigurationError } from '@assay/persistence';
export * from './app-config';
export * from './config.module';
