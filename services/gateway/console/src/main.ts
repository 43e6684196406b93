import 'element-plus/theme-chalk/base.css'
import './styles/base.css'
import { createApp } from 'vue'
import App from './App.vue'
import { findSession } from './app/session'
import { router } from './router'

// Where the first page leads depends on whether somebody must sign in.
void findSession().then(() => createApp(App).use(router).mount('#app'))
