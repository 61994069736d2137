export { refusing } from './refusing';
