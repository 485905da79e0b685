import { defineConfig } from 'vite';
import { pagesBuild } from '../kit/pages-build.ts';

/** The licensing server serves what is built here; see licensing/web.ts. */
export default defineConfig(pagesBuild(import.meta.dirname, 'https://127.0.0.1:8443'));
