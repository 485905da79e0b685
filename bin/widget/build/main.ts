import { writeScript } from './script.ts';

/** Builds the widget's script once: the API makes archives of it without a bundler. */
await writeScript();
