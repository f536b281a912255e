<?php
/**
 * Plugin Name: lab-good
 * Description: A plugin of the lab
 * Version: 2.0
 */
add_action('wp_footer', function () { echo '<p>lab-good 2.0</p>'; });
