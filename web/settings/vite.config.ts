import { defineConfig } from 'vite';

/** The API serves what is built here; see api/web.ts. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ...{ outDir: 'dist', emptyOutDir: true, target: 'es2022' },
    rolldownOptions: {
      onLog(level, log, tell) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log); // of a kit that can also run on a server
      },
    },
  },
  // while one works on the pages: `npx vite web/settings`, with the API of bin/up
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
