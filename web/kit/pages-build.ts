import { join } from 'node:path';
import type { UserConfig } from 'vite';

/** How a server's pages are built. @param root their folder. @param server that `npx vite` asks while one works on them */
export function pagesBuild(root: string, server: string): UserConfig {
  return {
    root,
    publicDir: join(import.meta.dirname, 'public'),
    build: {
      ...{ outDir: 'dist', emptyOutDir: true, target: 'es2022' },
      chunkSizeWarningLimit: 600, // KB; compressed it is less than a third
      rolldownOptions: {
        onLog(level, log, tell) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log); // of a kit that can also run on a server
        },
      },
    },
    server: { proxy: { '/api': { target: server, secure: false } } },
  };
}
