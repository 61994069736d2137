// `npm run dev:web`: the browser app with hot reloading, in front of a running `npm start` (ASSAY_WEB_URL, default port 3000).
import { join } from 'node:path';
import { createServer } from 'vite';
import { bootstrap, root } from './bootstrap.mjs';
import { webTypes } from './web-types.mjs';

await bootstrap();
await webTypes();
const server = await createServer({ configFile: join(root, 'apps', 'web', 'vite.config.mjs') });
await server.listen();
server.printUrls();
