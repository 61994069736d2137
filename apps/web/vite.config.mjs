// The browser app: built into dist/web, or served with hot reloading in front of a running web server (ASSAY_WEB_URL).
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = import.meta.dirname;
const target = process.env.ASSAY_WEB_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here,
  plugins: [react()],
  build: {
    outDir: join(here, '..', '..', 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // styles and pictures as files: the content security policy knows no data addresses in scripts
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    manifest: true,
    modulePreload: { polyfill: false },
    // dozens of files of a kilobyte cost the first visit more than the kilobytes do
    rollupOptions: { output: { experimentalMinChunkSize: 20_000 } },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/portfolio', '/session'].map((path) => [path, { target, changeOrigin: false }]),
    ),
  },
});
