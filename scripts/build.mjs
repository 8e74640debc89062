/** `npm run build`: what `npm start` would do before it starts, for those who start dist/src/main.js themselves. */
import { build, installPackages, requireNode } from './prepare.mjs';

requireNode();
installPackages();
build();
