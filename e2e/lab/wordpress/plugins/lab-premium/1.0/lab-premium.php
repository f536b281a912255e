<?php
/**
 * Plugin Name: lab-premium
 * Description: A plugin of the lab
 * Version: 1.0
 */
add_action('wp_footer', function () { echo '<p>lab-premium 1.0</p>'; });
