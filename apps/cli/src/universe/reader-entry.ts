import { serveTasks } from '@assay/compute';
import { parseFile, type FileToParse } from './parse-file';

serveTasks({ parseFiles: (files: readonly FileToParse[]) => Promise.all(files.map(parseFile)) });
