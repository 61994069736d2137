export { threadHelpers } from './thread-helpers';
