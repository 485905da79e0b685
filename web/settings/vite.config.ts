import { defineConfig } from 'vite';
import { pagesBuild } from '../kit/pages-build.ts';

/** The API serves what is built here; see api/web.ts. */
export default defineConfig(pagesBuild(import.meta.dirname, 'http://127.0.0.1:8080'));
