import { guardStreams } from './output/io';
import { run } from './run';

guardStreams();
void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
